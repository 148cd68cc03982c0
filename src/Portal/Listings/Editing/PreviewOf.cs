using Portal.Catalog;
using Tenancy;

namespace Portal.Listings;

/// <summary>A document as the shop window's components read it. What is missing or wrong is left out, so that there is always something to look at.</summary>
internal static class PreviewOf
{
    private static readonly DocumentValidator Validator = new();

    public static FindListing.Result.Found Make(OwnListing own, Provider provider, bool isCertified, ListingDocument document, string language, DateTimeOffset now)
    {
        var wrong = Validator.Validate(document).Errors.Select(fault => fault.PropertyName).ToHashSet();
        var listing = new Listing
        {
            Id = own.Id, ModuleId = own.ModuleId, ProviderId = provider.Id, Slug = own.Slug, Verticals = document.Verticals.Count > 0 ? document.Verticals : ["other"], Functions = document.Functions,
            Role = document.Role, Permissions = document.Scopes, PrivacyPolicyUrl = document.PrivacyUrl ?? "", TermsUrl = document.TermsUrl, SupportEmail = document.SupportEmail, IsInstallable = true, Position = 0,
        };
        var text = ShopText.Of(own.Id, document, language, [], own.LastVersion + 1, DateOnly.FromDateTime(now.UtcDateTime));
        listing.Texts.Add(text);
        return new FindListing.Result.Found(
            listing, text, provider, isCertified, [.. document.Plans.Select((offer, place) => PlanOf(own.ModuleId, offer, place, wrong, now))],
            [.. document.Pictures.Where(picture => picture.Language.Length == 0 || picture.Language == language).Select(picture => new FindListing.Picture(picture.Kind, picture.Position, picture.Fingerprint, picture.AltText))]);
    }

    public static SearchCatalog.Card Card(FindListing.Result.Found found, string reader, Currency currency)
    {
        var prices = CatalogIndex.PricesFrom(found.Listing, found.Plans).ToList();
        return new SearchCatalog.Card(
            found.Listing.Slug, found.Text.Name, found.Text.Tagline, found.Text.Language, ProviderNames.For(reader, found.Provider.Name, found.Provider.LatinName), found.IsCertified, found.Listing.Verticals,
            found.Listing.Functions, found.Listing.Role, found.Pictures.FirstOrDefault(picture => picture.Kind == PictureKind.Icon)?.Fingerprint,
            prices.Find(price => price.Currency == currency) is { } least ? new Money(least.MinorUnitsPerMonth, currency) : null, found.Plans.Any(plan => plan.TrialDays > 0), true);
    }

    private static Plan PlanOf(ModuleId module, ListingDocument.PlanOffer offer, int place, HashSet<string> wrong, DateTimeOffset now)
    {
        var plan = new Plan
        {
            Id = PlanId.New(), ModuleId = module, Code = offer.Code, Position = place, MessagesPerMonthMax = Publisher.Number(offer.Messages),
            TrialDays = wrong.Contains($"plans.{offer.Code}.trialDays") ? 0 : Publisher.Number(offer.TrialDays).GetValueOrDefault(),
        };
        plan.Prices.AddRange(Publisher.Prices(plan.Id, offer with { Prices = offer.Prices.Where(price => !wrong.Contains(DocumentPaths.Price(offer.Code, price.Key))).ToDictionary() }, now));
        return plan;
    }
}
