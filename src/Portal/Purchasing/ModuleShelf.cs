using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Frame.Language;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>What anybody may know of modules, by their ids.</summary>
public sealed class ModuleShelf(PortalDb db, Reader reader)
{
    public async Task<IReadOnlyDictionary<ModuleId, ModuleFacts>> FactsAsync(IReadOnlyCollection<ModuleId> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToArray();
        // Modules belong to providers, and buyers see their names: read past the filter, and nothing that is the provider's own.
        var modules = await db.Modules.IgnoreQueryFilters().Where(row => wanted.Contains(row.Id))
            .Select(row => new { row.Id, row.Name, row.Role, row.SetUpUrl }).ToListAsync(cancellationToken);
        var listings = await db.Listings.AsNoTracking().Include(row => row.Texts).Where(row => wanted.Contains(row.ModuleId)).ToDictionaryAsync(row => row.ModuleId, cancellationToken);
        var icons = await IconsAsync([.. listings.Values.Select(row => row.Id)], cancellationToken);
        return modules.ToDictionary(row => row.Id, row =>
        {
            var listing = listings.GetValueOrDefault(row.Id);
            var text = listing is null ? null : TextOf(listing, reader);
            var plans = text?.Plans.ToDictionary(plan => plan.Key, plan => plan.Value.Name) ?? [];
            return new ModuleFacts(row.Id, text?.Name ?? row.Name, row.Role, row.SetUpUrl, listing?.Slug, listing is null ? null : icons.GetValueOrDefault(listing.Id), plans);
        });
    }

    /// <summary>Addresses of the listings' icons.</summary>
    internal async Task<IReadOnlyDictionary<ListingId, string>> IconsAsync(IReadOnlyCollection<ListingId> listings, CancellationToken cancellationToken)
    {
        var icons = await db.Set<ListingPicture>().Where(row => listings.Contains(row.ListingId) && row.Kind == PictureKind.Icon && row.Position == 0)
            .Select(row => new { row.ListingId, row.Fingerprint }).ToListAsync(cancellationToken);
        // One listing may have an icon for each language; they differ in words at most, and one is enough beside its name.
        return icons.GroupBy(row => row.ListingId).ToDictionary(group => group.Key, group => GetPicture.Url(group.First().Fingerprint));
    }

    /// <summary>The listing's text in the reader's language, else in the one that we fall back to.</summary>
    internal static ListingText? TextOf(Listing listing, Reader reader)
    {
        var language = Languages.Choose(reader.Language, [.. listing.Texts.Select(text => text.Language)]);
        return listing.Texts.SingleOrDefault(text => text.Language == language);
    }
}
