using Databases;
using Line;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Catalog.Search;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Catalog;

public sealed class ManyListingsTests
{
    private const int Many = 10_000;

    /// <summary>Whether anything changed, the page's listings, their texts; finding, counting and sorting ask nothing.</summary>
    private const int QueriesMax = 3;

    [Theory, On(Database.Sqlite), On(Database.PostgreSql)]
    public async Task Given_ten_thousand_listings_When_the_shelf_is_opened_Then_the_page_asks_a_fixed_number_of_queries(Database database)
    {
        using var counter = new QueryCounter();
        await using var portal = await DemoMarket.StartAsync(database, counter);
        await FillAsync(portal);
        await Shelf.OpenAsync(portal, "/catalog"); // Reads what changed.

        foreach (var (address, total) in new[]
        {
            ("/catalog", Many + 14),
            ("/catalog?q=%E9%A0%90%E7%B4%84%E5%8F%B0&vertical=salon&price=paid&language=en&sort=cheapest", Many / 2),
            ("/catalog?page=800&sort=newest", Many + 14),
            ("/catalog?q=shop77", 111),
        })
        {
            counter.Take();
            var shelf = await Shelf.OpenAsync(portal, address);
            counter.Take().ShouldBeInRange(1, QueriesMax, address);
            shelf.Total.ShouldBe(total, address);
            shelf.Slugs.Count.ShouldBe(SearchCatalog.PageSize, address);
        }
    }

    private static async Task FillAsync(PortalHost portal)
    {
        var now = portal.Clock.GetUtcNow().AddDays(-1);
        var (tenant, provider) = (TenantId.New(), ProviderId.New());
        await portal.InDatabaseAsync(async db =>
        {
            db.Add(new Organisation { Id = tenant, Slug = "many", Name = "Many", Country = "TW", CreatedAt = now });
            db.Add(new Provider { Id = provider, TenantId = tenant, Slug = "many", Name = "Many", LatinName = "Many", Country = "TW", SupportEmail = "many@example.com", CertifiedUntil = now.AddYears(1), About = new Dictionary<string, string>() });
            return await db.SaveChangesAsync();
        });
        foreach (var numbers in Enumerable.Range(0, Many).Chunk(1000))
        {
            await portal.InDatabaseAsync(db =>
            {
                db.ChangeTracker.AutoDetectChangesEnabled = false;
                foreach (var number in numbers)
                    db.AddRange(Rows(number, tenant, provider, now));
                return db.SaveChangesAsync();
            });
        }

        // What a running server does by itself within a minute of such an import: until then PostgreSQL plans as for an empty table.
        await portal.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
    }

    private static IEnumerable<object> Rows(int number, TenantId tenant, ProviderId provider, DateTimeOffset now)
    {
        var (module, listing) = (ModuleId.New(), ListingId.New());
        yield return new Module
        {
            Id = module, TenantId = tenant, Name = $"shop{number}", Role = ModuleRole.WorksQuietly, ChannelId = ChannelId.Parse($"77{number:D6}", null), ProtectedSecret = "protected",
            WebhookUrl = "https://many.example/webhook", RequiredScopes = [], OptionalScopes = [],
        };
        yield return new Listing
        {
            Id = listing, ModuleId = module, ProviderId = provider, Slug = $"many-{number}", Verticals = ["salon"], Functions = ["booking"], Role = ModuleRole.WorksQuietly,
            Permissions = [], PrivacyPolicyUrl = "https://many.example/privacy", IsInstallable = false, Position = 100 + number, PublishedAt = now,
        };
        yield return new ListingText
        {
            ListingId = listing, Language = "en", Name = $"shop{number}", Tagline = "預約台", About = [], Benefits = [], Conversation = [], Reasons = new Dictionary<string, string>(),
            Plans = new Dictionary<string, ListingText.PlanText>(), SupportHours = "", Releases = [], Keywords = [],
        };
        yield return new ListingFacet { ListingId = listing, Kind = FacetKind.Vertical, Value = "salon" };
        yield return new ListingFacet { ListingId = listing, Kind = FacetKind.Price, Value = number % 2 == 0 ? "free" : "paid" };
        yield return new ListingFacet { ListingId = listing, Kind = FacetKind.Language, Value = "en" };
        yield return new ListingPriceFrom { ListingId = listing, Currency = Currency.Twd, MinorUnitsPerMonth = number % 2 == 0 ? 0 : 100 * number };
        foreach (var gram in SearchText.GramsToIndex($"shop{number} 預約台").Distinct())
            yield return new ListingGram { ListingId = listing, Gram = gram, Weight = 1 };
    }
}
