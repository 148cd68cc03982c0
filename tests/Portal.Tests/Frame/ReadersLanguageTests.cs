using Portal.Tests.Hosting;

namespace Portal.Tests.Frame;

public sealed class ReadersLanguageTests
{
    [Theory]
    [InlineData("/", null, "en-GB,en;q=0.9", "en")]
    [InlineData("/", null, "zh-HK,zh;q=0.9,en;q=0.8", "zh-TW")]
    [InlineData("/", null, "fr-FR,fr;q=0.9", "zh-TW")]
    [InlineData("/", null, "fr;q=0.9,en;q=0.5", "en")]
    [InlineData("/", "en", "zh-TW", "en")]
    [InlineData("/?culture=en", "zh-TW", "zh-TW", "en")]
    [InlineData("/?culture=tlh", "en", "zh-TW", "en")]
    public async Task Given_address_cookie_and_browser_When_a_page_is_opened_Then_the_first_of_them_that_names_a_language_of_ours_decides(string address, string? cookie, string browser, string shown)
    {
        await using var portal = await PortalHost.StartAsync();
        var (_, html) = await portal.GetAsync(address, [("Accept", "text/html"), ("Accept-Language", browser), .. cookie is null ? [] : new[] { ("Cookie", $"mm.language={cookie}") }]);
        html.ShouldContain($"<html lang=\"{shown}\">");
    }

    [Fact]
    public async Task Given_a_language_in_the_address_When_opened_Then_it_is_remembered_for_the_next_page()
    {
        await using var portal = await PortalHost.StartAsync();
        using var browser = portal.NewBrowser("zh-TW");
        (await browser.OpenAsync("/")).Text.ShouldContain("登入");
        (await browser.OpenAsync("/?culture=en")).Text.ShouldContain("Sign in");
        (await browser.OpenAsync("/catalog")).Text.ShouldContain("Sign in");
    }

    [Theory]
    [InlineData("ja", "LINEに、何を任せたいですか？", 0)]
    [InlineData("th", "อยากให้บัญชี LINE ช่วยอะไรคุณบ้าง", 543)] // Thai years count from the Buddha.
    public async Task Given_a_reader_of_Japanese_or_Thai_When_a_page_is_opened_Then_frame_words_and_days_are_theirs(string language, string headline, int yearsAhead)
    {
        await using var portal = await DemoMarket.StartAsync();
        var (_, html) = await portal.GetAsync($"/?culture={language}");
        html.ShouldContain($"<html lang=\"{language}\">");
        System.Net.WebUtility.HtmlDecode(html).ShouldContain(headline);
        var listing = System.Net.WebUtility.HtmlDecode((await portal.GetAsync($"/m/chairbook?culture={language}")).Body);
        var released = DateOnly.FromDateTime(portal.Clock.GetUtcNow().AddDays(-5).UtcDateTime); // As its file says.
        listing.ShouldContain(language == "ja" ? $"{released.Year}年{released.Month}月{released.Day}日" : $"{released.Day} {released.ToString("MMMM", System.Globalization.CultureInfo.GetCultureInfo("th"))} {released.Year + yearsAhead}");
    }
}
