using System.Net;
using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Catalog;
using Portal.Catalog.Demo;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Catalog;

public sealed class SearchCatalogTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_the_invented_market_When_people_search_in_their_way_of_writing_Then_the_same_listings_are_found_on_every_database(Database database)
    {
        await using var portal = await DemoMarket.StartAsync(database);

        await FindsAsync("預約", "chairbook", "save-a-seat", "kluai-queue");
        await FindsAsync("会員", "stampfolk");
        await FindsAsync("臺北", "table-lantern");
        await FindsAsync("台北", "table-lantern");
        await FindsAsync("ﾖﾔｸ", "chairbook", "save-a-seat", "kluai-queue");
        await FindsAsync("จองคิว", "kluai-queue");
        await FindsAsync("快⼀點", "table-lantern", "bento-window");
        await FindsAsync("book", "chairbook", "save-a-seat");
        await FindsAsync("CAFÉ", "table-lantern");
        (await SearchAsync("預 沒有這種東西")).Total.ShouldBe(0);

        async Task FindsAsync(string text, params string[] slugs)
        {
            var shelf = await SearchAsync(text);
            slugs.ShouldBeSubsetOf(shelf.Slugs, text);
            shelf.Total.ShouldBeLessThan(14, text);
        }

        Task<Shelf> SearchAsync(string text) => Shelf.OpenAsync(portal, $"/catalog?q={Uri.EscapeDataString(text)}");
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_facets_of_several_kinds_When_combined_Then_totals_and_counts_are_those_of_counting_by_hand(Database database)
    {
        await using var portal = await DemoMarket.StartAsync(database);

        foreach (var wanted in new Wish[]
        {
            new([], [], [], []),
            new(["salon"], [], [], []),
            new(["salon", "retail"], [], ["free"], []),
            new(["food"], ["booking", "queue"], ["trial"], []),
            new(["food"], ["survey"], ["paid"], ["ja"]),
        })
        {
            var shelf = await Shelf.OpenAsync(portal, wanted.Address);
            shelf.Total.ShouldBe(Hand.Count(wanted), wanted.Address);
            foreach (var (facet, count) in shelf.Counts)
                count.ShouldBe(Hand.CountIf(wanted, facet), $"{facet} of {wanted.Address}");
            shelf.Counts.Keys.ShouldBeSubsetOf(Hand.Facets(), wanted.Address);
        }
    }

    [Fact]
    public async Task Given_more_than_a_page_When_paging_Then_every_listing_is_on_one_page_and_a_page_behind_the_last_shows_the_last()
    {
        await using var portal = await DemoMarket.StartAsync();

        var first = await Shelf.OpenAsync(portal, "/catalog");
        var second = await Shelf.OpenAsync(portal, "/catalog?page=2");
        first.Slugs.Count.ShouldBe(SearchCatalog.PageSize);
        first.Slugs.Concat(second.Slugs).Distinct().Count().ShouldBe(first.Total);
        (await Shelf.OpenAsync(portal, "/catalog?page=99")).Slugs.ShouldBe(second.Slugs);
        (await Shelf.OpenAsync(portal, "/catalog?page=-1&sort=nonsense&vertical=moon")).Slugs.ShouldBe(first.Slugs);
        first.Slugs.Take(2).ShouldBe(["keyword-reply", "live-desk"], "the editors' order");
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_an_order_When_the_shelf_is_sorted_Then_it_follows_the_least_price_the_day_or_the_weight_of_the_hit(Database database)
    {
        await using var portal = await DemoMarket.StartAsync(database);

        var byPrice = (await Shelf.OpenAsync(portal, "/catalog?sort=cheapest&price=paid")).Slugs.Select(Hand.LeastTwd).ToList();
        byPrice.ShouldBe(byPrice.Order());
        var byDay = (await Shelf.OpenAsync(portal, "/catalog?sort=newest")).Slugs.Select(Hand.DaysAgo).ToList();
        byDay.ShouldBe(byDay.Order());
        (await Shelf.OpenAsync(portal, "/catalog?q=queue")).Slugs[0].ShouldBe("kluai-queue", "the word stands in its name");
        (await Shelf.OpenAsync(portal, "/catalog?sort=name")).Slugs[0].ShouldBe("bento-window");
    }

    [Fact]
    public async Task Given_a_listing_that_is_not_or_not_yet_published_When_anybody_looks_Then_it_is_nowhere()
    {
        await using var portal = await DemoMarket.StartAsync();
        var picture = await portal.InDatabaseAsync(async db =>
        {
            var hidden = await db.Listings.Include(row => row.Pictures).SingleAsync(row => row.Slug == "chairbook");
            hidden.PublishedAt = null;
            (await db.Listings.SingleAsync(row => row.Slug == "waymark")).PublishedAt = portal.Clock.GetUtcNow().AddHours(1);
            await db.SaveChangesAsync();
            return hidden.Pictures[0].Fingerprint;
        });

        (await Shelf.OpenAsync(portal, "/catalog")).Total.ShouldBe(12);
        foreach (var address in new[] { "/m/chairbook", "/m/waymark", $"/pictures/{picture}" })
            (await portal.GetAsync(address)).Answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
        (await portal.GetAsync("/sitemap.xml")).Body.ShouldNotContain("chairbook");

        portal.Clock.Advance(TimeSpan.FromHours(2));
        (await portal.GetAsync("/m/waymark")).Answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_nothing_that_matches_When_somebody_searches_Then_the_page_helps_on_and_keeps_the_words()
    {
        await using var portal = await DemoMarket.StartAsync();
        using var browser = portal.NewBrowser();

        var page = await browser.OpenAsync("/catalog?q=zeppelin&vertical=food");
        page.Has("catalog-empty").ShouldBeTrue();
        page.AttributeOf("catalog-search", "value").ShouldBe("zeppelin");
        page.Html.ShouldContain("href=\"/catalog?q=zeppelin\"");
        var tooLong = await browser.OpenAsync($"/catalog?q={new string('x', 101)}");
        tooLong.Status.ShouldBe(HttpStatusCode.OK);
        tooLong.Text.ShouldContain("100 characters or fewer");
    }

    [Fact]
    public async Task Given_a_market_without_listings_When_somebody_comes_Then_the_page_says_so()
    {
        await using var portal = await PortalHost.StartAsync();
        using var browser = portal.NewBrowser();
        (await browser.OpenAsync("/")).Has("market-empty").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_browser_without_script_When_somebody_narrows_the_shelf_Then_plain_forms_and_links_are_enough()
    {
        await using var portal = await DemoMarket.StartAsync();
        var (_, html) = await portal.GetAsync("/catalog?q=booking&vertical=salon");

        html.ShouldContain("action=\"/catalog\" method=\"get\"");
        html.ShouldContain("name=\"vertical\" value=\"salon\" checked");
        html.ShouldContain("type=\"hidden\" name=\"q\" value=\"booking\"");
        html.ShouldContain("<button class=\"btn btn-secondary btn-wide facets-apply\" type=\"submit\"");
        html.ShouldNotContain("<!--Blazor:{\"type\":\"server\"", Case.Sensitive, "a public page needs no circuit");
        html.ShouldNotContain(" style=\"", Case.Sensitive, "the content security policy would refuse it");
        html.ShouldNotContain(" onclick=", Case.Insensitive);
    }

    private sealed record Wish(string[] Verticals, string[] Functions, string[] Prices, string[] Languages)
    {
        public string Address => "/catalog?" + string.Join('&',
        [
            .. Verticals.Select(value => $"vertical={value}"), .. Functions.Select(value => $"function={value}"),
            .. Prices.Select(value => $"price={value}"), .. Languages.Select(value => $"language={value}"),
        ]);
    }

    /// <summary>Counts over the files themselves, as a person with a pencil would.</summary>
    private static class Hand
    {
        private static readonly IReadOnlyList<DemoData.ListingFile> Listings = DemoData.Read().Listings;

        public static int Count(Wish wish) => Listings.Count(listing => Answers(listing, wish));

        /// <param name="facet"><c>vertical-salon</c>: what the total would be with only this value of its kind.</param>
        public static int CountIf(Wish wish, string facet)
        {
            var (kind, value) = (facet[..facet.IndexOf('-')], facet[(facet.IndexOf('-') + 1)..]);
            return Count(kind switch
            {
                "vertical" => wish with { Verticals = [value] },
                "function" => wish with { Functions = [value] },
                "price" => wish with { Prices = [value] },
                _ => wish with { Languages = [value] },
            });
        }

        public static IEnumerable<string> Facets() => Listings.SelectMany(listing => listing.Verticals.Select(value => $"vertical-{value}")
            .Concat(listing.Functions.Select(value => $"function-{value}")).Concat(Ways(listing).Select(value => $"price-{value}")).Concat(listing.Texts.Keys.Select(value => $"language-{value}"))).Distinct();

        public static long LeastTwd(string slug) => Of(slug).Plans.Where(plan => plan.Prices.ContainsKey("TWD"))
            .Min(plan => plan.Interval == BillingInterval.Year ? (plan.Prices["TWD"] + 11) / 12 : plan.Prices["TWD"]);

        public static int DaysAgo(string slug) => Of(slug).DaysAgo;

        private static DemoData.ListingFile Of(string slug) => Listings.Single(listing => listing.Slug == slug);

        private static bool Answers(DemoData.ListingFile listing, Wish wish) =>
            Any(wish.Verticals, listing.Verticals) && Any(wish.Functions, listing.Functions) && Any(wish.Prices, Ways(listing)) && Any(wish.Languages, listing.Texts.Keys);

        private static bool Any(string[] wanted, IEnumerable<string> had) => wanted.Length == 0 || wanted.Intersect(had).Any();

        private static IEnumerable<string> Ways(DemoData.ListingFile listing)
        {
            if (listing.Plans.Any(plan => plan.Prices.Values.Any(price => price == 0)))
                yield return "free";
            if (listing.Plans.Any(plan => plan.TrialDays > 0))
                yield return "trial";
            if (listing.Plans.Any(plan => plan.Prices.Values.Any(price => price > 0)))
                yield return "paid";
        }
    }
}
