using System.Net;
using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Providers;
using Portal.Tests.Hosting;

namespace Portal.Tests.Providers;

public sealed class PublishGuardTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_provider_without_a_certification_When_its_listing_is_published_by_whatever_save_Then_nothing_is_saved(Database kind)
    {
        await using var portal = await PortalHost.StartAsync(kind);
        await portal.ListAsync("keyword-reply");
        await SetAsync(portal, listing: row => row.PublishedAt = null, until: null);

        await Should.ThrowAsync<NotCertifiedException>(() => SetAsync(portal, listing: row => row.PublishedAt = portal.Clock.GetUtcNow()));
        await Should.ThrowAsync<NotCertifiedException>(() => portal.InDatabaseAsync(async db =>
        {
            (await db.Listings.SingleAsync()).PublishedAt = portal.Clock.GetUtcNow();
            return db.SaveChanges();
        }));

        (await portal.InDatabaseAsync(db => db.Listings.SingleAsync())).PublishedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Given_an_import_that_brings_listing_and_provider_at_once_When_it_is_not_certified_Then_nothing_of_it_is_saved()
    {
        await using var portal = await PortalHost.StartAsync();

        await Should.ThrowAsync<NotCertifiedException>(() => portal.ListAsync("keyword-reply", certified: false));

        (await portal.InDatabaseAsync(db => db.Providers.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Given_another_company_that_is_certified_When_a_listing_names_it_as_its_provider_Then_it_is_not_published()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        await portal.ListAsync("live-desk", "Live Desk");

        await Should.ThrowAsync<NotCertifiedException>(() => portal.InDatabaseAsync(async db =>
        {
            var listing = await db.Listings.AsNoTracking().Include(row => row.Texts).SingleAsync(row => row.Slug == "live-desk");
            await db.Listings.Where(row => row.Slug == "live-desk").ExecuteDeleteAsync();
            var other = await db.Providers.SingleAsync(row => row.Slug == "provider-keyword-reply");
            db.Add(new Listing
            {
                Id = ListingId.New(), ModuleId = listing.ModuleId, ProviderId = other.Id, Slug = "borrowed", Verticals = ["food"], Functions = ["chat"], Role = listing.Role,
                Permissions = [], PrivacyPolicyUrl = "https://example.com/privacy", IsInstallable = true, Position = 0, PublishedAt = portal.Clock.GetUtcNow(),
            });
            return await db.SaveChangesAsync();
        }));
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_certification_that_lapses_When_anybody_looks_Then_its_listings_are_nowhere_and_renewal_brings_them_back(Database kind)
    {
        await using var portal = await PortalHost.StartAsync(kind);
        await portal.ListAsync("keyword-reply");
        string[] addresses = ["/m/keyword-reply", "/get/keyword-reply?plan=free"];
        (await Shelf.OpenAsync(portal, "/catalog")).Slugs.ShouldBe(["keyword-reply"]);

        // Nothing is written when it lapses: the moment alone does it, also while another save publishes.
        portal.Clock.Advance(TimeSpan.FromDays(366));
        (await Shelf.OpenAsync(portal, "/catalog")).Total.ShouldBe(0);
        (await portal.GetAsync("/sitemap.xml")).Body.ShouldNotContain("keyword-reply");
        foreach (var address in addresses)
            (await portal.GetAsync(address)).Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, address);

        await SetAsync(portal, until: portal.Clock.GetUtcNow().AddYears(1));
        (await Shelf.OpenAsync(portal, "/catalog")).Slugs.ShouldBe(["keyword-reply"]);
        (await portal.GetAsync("/m/keyword-reply")).Answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_buyer_on_the_plan_page_of_an_old_tab_When_the_certification_has_lapsed_Then_no_order_begins()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(portal);
        var plan = await buyer.Browser.OpenAsync("/get/keyword-reply?plan=free");

        await SetAsync(portal, until: portal.Clock.GetUtcNow());

        (await buyer.Browser.PressAsync(plan, "plan-continue")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<int> SetAsync(PortalHost portal, Action<Listing>? listing = null, DateTimeOffset? until = default) => portal.InDatabaseAsync(async db =>
    {
        listing?.Invoke(await db.Listings.SingleAsync());
        if (listing is null || until is null)
            (await db.Providers.SingleAsync()).CertifiedUntil = until;
        return await db.SaveChangesAsync();
    });
}
