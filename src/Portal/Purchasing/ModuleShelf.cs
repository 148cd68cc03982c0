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
        return modules.ToDictionary(row => row.Id, row =>
        {
            var listing = listings.GetValueOrDefault(row.Id);
            var text = listing is null ? null : TextOf(listing, reader);
            var plans = text?.Plans.ToDictionary(plan => plan.Key, plan => plan.Value.Name) ?? [];
            return new ModuleFacts(row.Id, text?.Name ?? row.Name, row.Role, row.SetUpUrl, listing?.Slug, plans);
        });
    }

    /// <summary>The listing's text in the reader's language, else in the one that we fall back to.</summary>
    internal static ListingText? TextOf(Listing listing, Reader reader)
    {
        var language = Languages.Choose(reader.Language, [.. listing.Texts.Select(text => text.Language)]);
        return listing.Texts.SingleOrDefault(text => text.Language == language);
    }
}
