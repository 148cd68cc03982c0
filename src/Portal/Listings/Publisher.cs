using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Providers;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Puts a version into the shop window: the catalog's rows, plans and prices, and what the gateway follows of the module. One unit of work with the caller's.</summary>
public sealed class Publisher(PortalDb db, CatalogIndex index, Certification certification, TimeProvider clock)
{
    public enum Ending
    {
        Published,

        /// <summary>The provider's certification does not hold now.</summary>
        NotCertified,

        /// <summary>A plan that was sold would change what its buyers got.</summary>
        PlanChanged,
    }

    /// <summary>Changes rows and saves nothing.</summary>
    public async Task<Ending> PublishAsync(OwnListing own, ListingVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(version);
        var now = clock.GetUtcNow();
        if (!await certification.IsCertifiedAsync(own.TenantId, cancellationToken))
            return Ending.NotCertified;

        var plans = await db.Plans.Include(plan => plan.Prices).Where(plan => plan.ModuleId == own.ModuleId).ToListAsync(cancellationToken);
        if (version.Document.Plans.Any(offer => plans.Any(plan => plan.Code == offer.Code && !IsSame(plan, offer))))
            return Ending.PlanChanged;

        var provider = await db.Providers.SingleAsync(row => row.TenantId == own.TenantId, cancellationToken);
        var listing = await ListingAsync(own, provider, version.Document, cancellationToken);
        Fill(listing, version, now);
        await FillPicturesAsync(listing, version.Document, cancellationToken);
        FillPlans(own.ModuleId, plans, version.Document, now);
        await FillModuleAsync(own.ModuleId, version.Document, cancellationToken);

        if (own.LiveVersionId is { } liveId && await db.Set<ListingVersion>().SingleOrDefaultAsync(row => row.Id == liveId, cancellationToken) is { State: VersionState.Live } live)
            live.State = VersionState.Replaced;
        version.State = VersionState.Live;
        own.LiveVersionId = version.Id;
        own.FirstPublishedAt ??= now;
        if (own.Standing == ListingStanding.Draft)
            own.Standing = ListingStanding.Live;
        listing.PublishedAt = own.Standing == ListingStanding.Live ? own.FirstPublishedAt : null; // A new version brings nothing back that was taken out.

        await index.ReplaceAsync(listing, provider, plans, cancellationToken);
        return Ending.Published;
    }

    /// <summary>What a buyer got with a plan does not change under the same code; price and name may.</summary>
    public static bool IsSame(Plan sold, ListingDocument.PlanOffer offer)
    {
        ArgumentNullException.ThrowIfNull(sold);
        ArgumentNullException.ThrowIfNull(offer);
        return sold.TrialDays == Number(offer.TrialDays).GetValueOrDefault() && sold.MessagesPerMonthMax == Number(offer.Messages);
    }

    private async Task<Listing> ListingAsync(OwnListing own, Provider provider, ListingDocument document, CancellationToken cancellationToken)
    {
        var found = await db.Listings.Include(row => row.Texts).Include(row => row.Pictures).AsSplitQuery().SingleOrDefaultAsync(row => row.Id == own.Id, cancellationToken);
        if (found is not null)
            return found;

        var last = await db.Listings.MaxAsync(row => (int?)row.Position, cancellationToken) ?? -1;
        var made = new Listing
        {
            Id = own.Id, ModuleId = own.ModuleId, ProviderId = provider.Id, Slug = own.Slug, Verticals = [], Functions = [], Role = document.Role, Permissions = [],
            PrivacyPolicyUrl = document.PrivacyUrl!, IsInstallable = true, Position = last + 1,
        };
        db.Add(made);
        return made;
    }

    private static void Fill(Listing listing, ListingVersion version, DateTimeOffset now)
    {
        var document = version.Document;
        (listing.Verticals, listing.Functions, listing.Role, listing.Permissions) = (document.Verticals, document.Functions, document.Role, document.Scopes);
        (listing.PrivacyPolicyUrl, listing.TermsUrl, listing.SupportEmail) = (document.PrivacyUrl!, document.TermsUrl, document.SupportEmail);
        listing.IsInstallable = true;

        var languages = Market.LanguagesOf(document);
        listing.Texts.RemoveAll(text => !languages.Contains(text.Language));
        foreach (var language in languages)
        {
            var text = listing.Texts.Find(row => row.Language == language);
            var filled = ShopText.Of(listing.Id, document, language, text?.Releases ?? [], version.Number, DateOnly.FromDateTime(now.UtcDateTime));
            if (text is null)
            {
                listing.Texts.Add(filled);
                continue;
            }

            (text.Name, text.Tagline, text.About, text.Benefits, text.Conversation) = (filled.Name, filled.Tagline, filled.About, filled.Benefits, filled.Conversation);
            (text.Reasons, text.Plans, text.SupportHours, text.Releases, text.Keywords) = (filled.Reasons, filled.Plans, filled.SupportHours, filled.Releases, filled.Keywords);
        }
    }

    private async Task FillPicturesAsync(Listing listing, ListingDocument document, CancellationToken cancellationToken)
    {
        var fingerprints = document.Pictures.Select(picture => picture.Fingerprint).ToHashSet();
        var images = await db.Set<ListingImage>().AsNoTracking().Where(image => image.ListingId == listing.Id && fingerprints.Contains(image.Fingerprint)).ToDictionaryAsync(image => image.Fingerprint, cancellationToken);
        bool IsAt(ListingPicture row, ListingDocument.Picture picture) => row.Kind == picture.Kind && row.Language == picture.Language && row.Position == picture.Position;
        listing.Pictures.RemoveAll(row => !document.Pictures.Any(picture => IsAt(row, picture)));
        foreach (var picture in document.Pictures)
        {
            var image = images[picture.Fingerprint];
            if (listing.Pictures.Find(row => IsAt(row, picture)) is { } row)
            {
                (row.ContentType, row.Content, row.Fingerprint, row.AltText) = (image.ContentType, image.Content, image.Fingerprint, picture.AltText);
                continue;
            }

            listing.Pictures.Add(new ListingPicture
            {
                ListingId = listing.Id, Kind = picture.Kind, Position = picture.Position, Language = picture.Language, ContentType = image.ContentType, Content = image.Content,
                Fingerprint = image.Fingerprint, AltText = picture.AltText,
            });
        }
    }

    /// <summary>A changed price is a new row and the old one leaves the shop window; who subscribes keeps the row they bought at.</summary>
    private void FillPlans(ModuleId module, List<Plan> plans, ListingDocument document, DateTimeOffset now)
    {
        foreach (var gone in plans.Where(plan => document.Plans.All(offer => offer.Code != plan.Code)))
            gone.OnSale = false;

        for (var place = 0; place < document.Plans.Count; place++)
        {
            var offer = document.Plans[place];
            var plan = plans.Find(row => row.Code == offer.Code);
            if (plan is null)
            {
                plan = new Plan { Id = PlanId.New(), ModuleId = module, Code = offer.Code, Position = place, MessagesPerMonthMax = Number(offer.Messages), TrialDays = Number(offer.TrialDays).GetValueOrDefault() };
                db.Add(plan);
                plans.Add(plan);
            }

            (plan.Position, plan.OnSale) = (place, true);
            var wanted = Prices(plan.Id, offer, now);
            var onSale = plan.Prices.Where(price => price.RetiredAt is null).ToList();
            foreach (var old in onSale.Where(old => !wanted.Any(price => IsSame(price, old))))
                old.RetiredAt = now;
            foreach (var price in wanted.Where(price => !onSale.Any(old => IsSame(price, old))))
                plan.Prices.Add(price);
        }
    }

    private async Task FillModuleAsync(ModuleId id, ListingDocument document, CancellationToken cancellationToken)
    {
        var module = await db.Modules.SingleAsync(row => row.Id == id, cancellationToken);
        (module.Name, module.Role) = (ShopText.NameOf(document), document.Role);
        (module.WebhookUrl, module.SetUpUrl) = (document.WebhookUrl!, document.SetUpUrl);
        module.RequiredScopes = [.. document.Scopes.Where(scope => !scope.IsOptional).Select(scope => scope.Scope)];
        module.OptionalScopes = [.. document.Scopes.Where(scope => scope.IsOptional).Select(scope => scope.Scope)];
        module.IsDevelopment = false;
    }

    internal static IReadOnlyList<Price> Prices(PlanId plan, ListingDocument.PlanOffer offer, DateTimeOffset now) =>
        [.. offer.Prices.Select(price => new Price { Id = PriceId.New(), PlanId = plan, Amount = Money.Of(long.Parse(price.Value, CultureInfo.InvariantCulture), Currency.Of(price.Key)), Interval = offer.Interval, ValidFrom = now })];

    private static bool IsSame(Price one, Price other) => one.Amount == other.Amount && one.Interval == other.Interval;

    internal static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
