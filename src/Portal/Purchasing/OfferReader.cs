using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Frame.Language;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>Reads what the shop window offers, as a buyer may know it.</summary>
public sealed class OfferReader(PortalDb db, ModuleShelf shelf, Reader reader, BuyerAccounts accounts, CurrentPerson current, TimeProvider clock)
{
    /// <summary>One plan of a published listing at today's price; null when there is no such listing, or the plan is not on sale.</summary>
    public async Task<Offer?> FindAsync(string listingSlug, string planCode, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var listing = await db.Listings.AsNoTracking().Include(row => row.Texts).Include(row => row.Provider)
            .OnShow(now).SingleOrDefaultAsync(row => row.Slug == listingSlug, cancellationToken);
        if (listing is null)
            return null;

        var plan = await db.Plans.AsNoTracking().Include(row => row.Prices)
            .SingleOrDefaultAsync(row => row.ModuleId == listing.ModuleId && row.Code == planCode && row.OnSale, cancellationToken);
        // One price a currency; the billing country decides it once there is one, and a free plan is free in each.
        var currency = await CurrencyAsync(cancellationToken);
        var price = plan?.Prices.Where(row => row.ValidFrom <= now && (row.RetiredAt is null || row.RetiredAt > now))
            .OrderBy(row => row.Amount.Currency == currency ? 0 : 1).ThenByDescending(row => row.ValidFrom).FirstOrDefault();
        if (plan is null || price is null)
            return null;

        // The listing is open to everybody and the module's row is not: read past the filter, and only what the listing stands for.
        var module = await db.Modules.IgnoreQueryFilters().Where(row => row.Id == listing.ModuleId)
            .Select(row => new { row.Role, row.RequiredScopes, row.OptionalScopes, row.SetUpUrl, row.Name }).SingleAsync(cancellationToken);
        return new(
            listing.Slug,
            ModuleShelf.TextOf(listing, reader)?.Name ?? module.Name,
            ProviderNames.For(reader.Language, listing.Provider!.Name, listing.Provider.LatinName),
            (await shelf.IconsAsync([listing.Id], cancellationToken)).GetValueOrDefault(listing.Id),
            listing.IsInstallable,
            listing.ModuleId,
            module.Role,
            module.RequiredScopes,
            module.OptionalScopes,
            module.SetUpUrl,
            plan.Id,
            plan.Code,
            ModuleShelf.TextOf(listing, reader)?.Plans.GetValueOrDefault(plan.Code)?.Name ?? plan.Code,
            price);
    }

    /// <summary>The buyer's, whatever language they read in; the shop window's while they have no company, or companies in several currencies.</summary>
    private async Task<Currency> CurrencyAsync(CancellationToken cancellationToken)
    {
        if (current.Person is not { } buyer)
            return reader.Currency;

        var companies = await accounts.CompaniesAsync(buyer.Id, cancellationToken);
        var billed = companies.Select(company => company.Country == "JP" ? Currency.Jpy : Currency.Twd).Distinct().ToList();
        return billed is [var only] ? only : reader.Currency;
    }
}
