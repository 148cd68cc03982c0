using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;

namespace Portal.Tests.Catalog;

public sealed partial class ListingPageTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_an_installable_listing_When_somebody_judges_it_Then_the_page_says_what_it_does_sees_and_costs_and_who_is_behind(Database database)
    {
        await using var portal = await DemoMarket.StartAsync(database);
        using var browser = portal.NewBrowser("zh-TW");

        var page = await browser.OpenAsync("/m/keyword-reply");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("關鍵字回覆");
        page.TextOf("role").ShouldContain("先回覆");
        page.Has("certified").ShouldBeTrue();
        page.LinkOf("get-free").ShouldBe("/get/keyword-reply?plan=free");
        page.Text.ShouldContain("讀取客人傳來的訊息 看到客人問了什麼。");
        page.Text.ShouldContain("客人 請問今天幾點開？", Case.Sensitive, "who speaks is said in words");
        page.Text.ShouldContain("https://lanternfish.example/privacy");
        page.Text.ShouldContain("1.3 版");
        page.Has("sample-listing").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_plans_in_two_currencies_When_read_in_Taiwan_and_in_Japan_Then_each_reads_their_own_price_first_and_its_tax()
    {
        await using var portal = await DemoMarket.StartAsync();
        (await PlanAsync("zh-TW")).ShouldContain("NT$1,080 / 月（未稅） ¥4,980 / 月（未稅）");
        (await PlanAsync("ja")).ShouldContain("¥4,980 / 月（税抜） NT$1,080 / 月（税抜）");
        (await PlanAsync("en")).ShouldContain("NT$1,080 / month, tax excluded");

        async Task<string> PlanAsync(string language)
        {
            using var browser = portal.NewBrowser(language);
            return (await browser.OpenAsync("/m/bento-window")).Text;
        }
    }

    [Fact]
    public async Task Given_a_sample_listing_When_opened_Then_it_says_so_and_offers_nothing_to_get()
    {
        await using var portal = await DemoMarket.StartAsync();
        using var browser = portal.NewBrowser();

        var page = await browser.OpenAsync("/m/chairbook");
        page.Has("sample-listing").ShouldBeTrue();
        page.Html.ShouldNotContain("/get/chairbook");
        page.Has("plan-studio").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_listing_that_is_not_in_the_readers_language_When_opened_Then_it_is_shown_in_English_and_marked()
    {
        await using var portal = await DemoMarket.StartAsync();
        using var thai = portal.NewBrowser("th");

        var inEnglish = await thai.OpenAsync("/m/keyword-reply");
        inEnglish.TextOf("shown-in").ShouldContain("English");
        inEnglish.Html.ShouldContain("<article class=\"listing hue-food\" lang=\"en\"");
        var inThai = await thai.OpenAsync("/m/kluai-queue");
        inThai.Has("shown-in").ShouldBeFalse();
        inThai.Html.ShouldContain("<article class=\"listing hue-salon\" lang=\"th\"");
    }

    [Fact]
    public async Task Given_pictures_When_loaded_Then_they_are_drawings_that_may_be_kept_but_never_run()
    {
        await using var portal = await DemoMarket.StartAsync();
        var (_, html) = await portal.GetAsync("/m/live-desk");

        var addresses = Pictures().Matches(html).Select(match => match.Value).Distinct().ToList();
        addresses.Count.ShouldBe(3, "icon, cover and the phone in the reader's language");
        foreach (var address in addresses)
        {
            var (answer, svg) = await portal.GetAsync(address);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
            answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; style-src 'unsafe-inline'; sandbox"]);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
            System.Xml.Linq.XDocument.Parse(svg).Root!.Name.LocalName.ShouldBe("svg");
        }
    }

    [Fact]
    public async Task Given_a_listing_whose_words_are_markup_When_shown_Then_they_stay_words()
    {
        const string Evil = "</script><script>alert(1)</script><b title=\"";
        await using var portal = await DemoMarket.StartAsync();
        await portal.InDatabaseAsync(async db =>
        {
            var listing = await db.Listings.Include(row => row.Texts).SingleAsync(row => row.Slug == "keyword-reply");
            listing.Texts.ForEach(text => text.Name = Evil);
            return await db.SaveChangesAsync();
        });

        var (_, page) = await portal.GetAsync("/m/keyword-reply");
        var (_, shelf) = await portal.GetAsync("/catalog");
        page.ShouldNotContain("<script>alert", Case.Insensitive);
        shelf.ShouldNotContain("<script>alert", Case.Insensitive);
        using var data = JsonDocument.Parse(StructuredData().Match(page).Groups[1].Value);
        data.RootElement.GetProperty("name").GetString().ShouldBe(Evil);
    }

    [Fact]
    public async Task Given_an_address_of_no_listing_When_opened_Then_it_is_not_found_and_leads_back_to_the_shop_window()
    {
        await using var portal = await DemoMarket.StartAsync();
        var (answer, html) = await portal.GetAsync("/m/no-such-module");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        html.ShouldContain("href=\"/catalog\"");
    }

    [GeneratedRegex("/pictures/[0-9a-f]+")]
    private static partial Regex Pictures();

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex StructuredData();
}
