using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Tests.Hosting;

namespace Portal.Tests.Catalog;

/// <summary>The catalog is found in memory; nobody may notice.</summary>
public sealed class FreshShelfTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_listing_that_changes_When_the_change_is_saved_Then_the_next_look_at_the_shelf_shows_it(Database database)
    {
        await using var portal = await DemoMarket.StartAsync(database);
        (await FindAsync(portal, "Zeppelin")).ShouldBeEmpty();

        for (var round = 1; round <= 12; round++) // Enough for the places of a shelf of 14 to be swept together on the way.
        {
            await ChangeAsync(portal, "chairbook", async (db, listing) =>
            {
                db.Add(new ListingGram { ListingId = listing.Id, Gram = $"zeppelin{round}", Weight = 1 });
                listing.Position = 100 + round;
                if (await db.Set<ListingGram>().SingleOrDefaultAsync(row => row.ListingId == listing.Id && row.Gram == $"zeppelin{round - 1}") is { } old)
                    db.Remove(old);
            });
            (await FindAsync(portal, $"zeppelin{round}")).ShouldBe(["chairbook"]);
            (await FindAsync(portal, $"zeppelin{round - 1}")).ShouldBeEmpty();
            (await Shelf.OpenAsync(portal, "/catalog")).Total.ShouldBe(14);
            (await Shelf.OpenAsync(portal, "/catalog?page=2")).Slugs[^1].ShouldBe("chairbook", "its place in the editors' order is the last now");
        }

        (await Shelf.OpenAsync(portal, "/catalog?vertical=salon&price=trial")).Counts["function-crm"].ShouldBe((await CountAsync(portal, "/catalog?vertical=salon&price=trial&function=crm")));
    }

    [Fact]
    public async Task Given_a_provider_whose_certification_ends_When_the_shelf_is_opened_Then_its_listings_are_gone_at_that_moment_and_come_back_with_the_renewal()
    {
        await using var portal = await DemoMarket.StartAsync();
        var of = await portal.InDatabaseAsync(db => db.Listings.Where(row => row.Slug == "chairbook").Select(row => row.ProviderId).SingleAsync());
        var (until, listed) = (await portal.InDatabaseAsync(db => db.Providers.Where(row => row.Id == of).Select(row => row.CertifiedUntil!.Value).SingleAsync()), (await Shelf.OpenAsync(portal, "/catalog")).Total);

        await CertifyAsync(portal, of, portal.Clock.GetUtcNow().AddHours(1));
        (await Shelf.OpenAsync(portal, "/catalog")).Total.ShouldBe(listed);
        portal.Clock.Advance(TimeSpan.FromHours(2));
        var without = await Shelf.OpenAsync(portal, "/catalog");
        without.Total.ShouldBeLessThan(listed);
        without.Slugs.ShouldNotContain("chairbook");
        await CertifyAsync(portal, of, until);
        (await Shelf.OpenAsync(portal, "/catalog")).Total.ShouldBe(listed);
    }

    private static Task<int> CertifyAsync(PortalHost portal, ProviderId provider, DateTimeOffset until) => portal.InDatabaseAsync(async db =>
    {
        (await db.Providers.SingleAsync(row => row.Id == provider)).CertifiedUntil = until;
        return await db.SaveChangesAsync();
    });

    private static async Task ChangeAsync(PortalHost portal, string slug, Func<Portal.Store.PortalDb, Listing, Task> change) => await portal.InDatabaseAsync(async db =>
    {
        await change(db, await db.Listings.SingleAsync(row => row.Slug == slug));
        return await db.SaveChangesAsync();
    });

    private static async Task<IReadOnlyList<string>> FindAsync(PortalHost portal, string text) => (await Shelf.OpenAsync(portal, $"/catalog?q={text}")).Slugs;

    private static async Task<int> CountAsync(PortalHost portal, string address) => (await Shelf.OpenAsync(portal, address)).Total;
}
