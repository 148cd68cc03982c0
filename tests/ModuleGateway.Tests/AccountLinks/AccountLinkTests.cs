using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.AccountLinks;
using ModuleGateway.Delivery;
using Tenancy;

namespace ModuleGateway.Tests.AccountLinks;

public sealed class AccountLinkTests : IClassFixture<GatewayHost>, IDisposable
{
    private const string Nonce = "bm9uY2Utb2YtdGhlLXBhcnRuZXI=";
    private readonly GatewayHost _gateway;
    private readonly HttpClient _browser;

    public AccountLinkTests(GatewayHost gateway)
    {
        _gateway = gateway;
        _browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Http.BaseAddress };
    }

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task Given_a_link_token_of_ours_When_the_browser_comes_with_it_Then_it_goes_on_to_LINE_with_LINEs_token_and_a_nonce_of_ours()
    {
        var (_, module, _) = await TwoModulesAsync();
        var line = (await BeginAsync(Token(module, "line-link-token+/="), Nonce))!;
        line.GetLeftPart(UriPartial.Path).ShouldBe("https://access.line.me/dialog/bot/accountLink");
        HttpUtility.ParseQueryString(line.Query)["linkToken"].ShouldBe("line-link-token+/=");
        var ours = HttpUtility.ParseQueryString(line.Query)["nonce"]!;
        ours.ShouldMatch("^[A-Za-z0-9_-]{43}$");
        ours.ShouldNotContain(Nonce);
    }

    [Fact]
    public async Task Given_the_linkToken_call_When_LINE_issues_one_Then_the_module_gets_ours_and_LINEs_appears_only_on_the_way_to_LINE()
    {
        var (shop, module, _) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        _gateway.Line.Answer = call => call.Path == $"/v2/bot/user/{shop.User("alice")}/linkToken" && call.Bot == shop.Bot.ToString() ? (200, """{"linkToken":"NMZTNuVrPTqlr2IF8Bnymkb7rXfYv5EY"}""") : null;
        var (status, body) = await module.CallAsync(HttpMethod.Post, $"/v2/bot/user/{alice}/linkToken");
        status.ShouldBe(HttpStatusCode.OK);
        var token = (string)body!["linkToken"]!;
        token.ShouldNotContain("NMZTNuVrPTqlr2IF8Bnymkb7rXfYv5EY");
        HttpUtility.ParseQueryString((await BeginAsync(token, Nonce))!.Query)["linkToken"].ShouldBe("NMZTNuVrPTqlr2IF8Bnymkb7rXfYv5EY");
    }

    [Fact]
    public async Task Given_an_id_that_is_none_of_the_linkages_When_a_link_token_is_asked_for_Then_it_is_refused_as_LINE_would()
    {
        var (shop, module, other) = await TwoModulesAsync();
        (await module.CallAsync(HttpMethod.Post, $"/v2/bot/user/{Shop.Seen(_gateway, other, shop.User("alice"))}/linkToken")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/user/nobody/linkToken")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_a_person_who_linked_When_LINE_says_ok_Then_the_module_that_began_it_hears_with_its_own_nonce_and_no_other()
    {
        var (shop, issuer, other) = await TwoModulesAsync();
        await shop.PostAsync(Link(shop, "ok", await BegunAsync(issuer, Nonce), "alice"));
        await shop.WriteAsync("alice", "after it");

        var heard = await issuer.Module.NextAsync("accountLink");
        ((string?)heard["link"]!["nonce"]).ShouldBe(Nonce);
        ((string?)heard["link"]!["result"]).ShouldBe("ok");
        ((string?)heard["source"]!["userId"]).ShouldBe(Shop.Seen(_gateway, issuer, shop.User("alice")));
        ((string?)(await issuer.Module.NextAsync("message"))["source"]!["userId"]).ShouldBe((string?)heard["source"]!["userId"]);

        await other.Module.NextAsync("message"); // In the order of the chat: what was to come before it would be there.
        other.Module.All.ShouldNotContain(got => got.Body.Contains("accountLink"));
    }

    [Fact]
    public async Task Given_the_active_module_that_began_it_When_LINE_says_ok_Then_its_copy_is_active_with_a_reply_token_that_works()
    {
        var (shop, issuer, _) = await TwoModulesAsync();
        await shop.PostAsync(Link(shop, "ok", await BegunAsync(issuer, Nonce), "alice"));
        var heard = await issuer.Module.NextAsync("accountLink");
        ((string?)heard["mode"]).ShouldBe("active");
        (await issuer.ReplyAsync((string)heard["replyToken"]!, "welcome")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_module_on_standby_that_began_it_When_LINE_says_ok_Then_it_hears_all_the_same_without_a_reply_token()
    {
        var (shop, _, standby) = await TwoModulesAsync();
        await shop.PostAsync(Link(shop, "ok", await BegunAsync(standby, Nonce), "alice"));
        var heard = await standby.Module.NextAsync("accountLink");
        ((string?)heard["mode"]).ShouldBe("standby");
        heard.ContainsKey("replyToken").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_somebody_else_in_the_browser_When_LINE_says_failed_without_a_source_Then_only_the_issuer_hears_by_its_nonce()
    {
        var (shop, issuer, other) = await TwoModulesAsync();
        await shop.PostAsync(Link(shop, "failed", await BegunAsync(issuer, "0123456789\"<>"), null));
        var heard = await issuer.Module.NextAsync("accountLink");
        ((string?)heard["link"]!["result"]).ShouldBe("failed");
        ((string?)heard["link"]!["nonce"]).ShouldBe("0123456789\"<>");
        heard.ContainsKey("source").ShouldBeFalse();
        heard.ContainsKey("replyToken").ShouldBeFalse();

        await SettledAsync();
        other.Module.All.ShouldNotContain(got => got.Body.Contains("accountLink"));
    }

    [Fact]
    public async Task Given_an_attempt_that_none_of_our_modules_began_When_LINE_tells_of_it_Then_no_module_hears()
    {
        var (shop, one, other) = await TwoModulesAsync();
        var ours = await BegunAsync(one, Nonce);
        var (elsewhere, _, _) = await TwoModulesAsync();
        await shop.PostAsync(Link(shop, "ok", "a-nonce-of-the-primary-channel", "alice"), Link(shop, "failed", Nonce, null));
        await elsewhere.PostAsync(Link(elsewhere, "failed", ours, null)); // Of another account.
        await SettledAsync();
        foreach (var module in new[] { one, other })
            module.Module.All.ShouldNotContain(got => got.Body.Contains("accountLink"));
    }

    [Fact]
    public async Task Given_two_modules_that_chose_the_same_nonce_When_LINE_tells_of_each_Then_each_hears_of_its_own()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var (one, two) = (await BegunAsync(first, Nonce), await BegunAsync(second, Nonce));
        one.ShouldNotBe(two);
        await shop.PostAsync(Link(shop, "ok", two, "alice"), Link(shop, "failed", one, null));
        ((string?)(await first.Module.NextAsync("accountLink"))["link"]!["result"]).ShouldBe("failed");
        ((string?)(await second.Module.NextAsync("accountLink"))["link"]!["result"]).ShouldBe("ok");
    }

    [Fact]
    public async Task Given_a_delivery_that_fails_When_it_is_tried_again_Then_it_still_has_the_modules_own_nonce()
    {
        var (shop, issuer, _) = await TwoModulesAsync();
        issuer.Module.Status = got => got.Attempt == 1 && got.Body.Contains("accountLink") ? 500 : 200;
        await shop.PostAsync(Link(shop, "ok", await BegunAsync(issuer, Nonce), "alice"));
        await issuer.Module.NextAsync("accountLink");
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(6));
        var again = await issuer.Module.NextAsync("accountLink");
        ((string?)again["link"]!["nonce"]).ShouldBe(Nonce);
        ((bool?)again["deliveryContext"]!["isRedelivery"]).ShouldBe(true);
    }

    [Fact]
    public async Task Given_a_page_that_is_reloaded_When_token_and_nonce_are_the_same_Then_it_is_the_same_attempt()
    {
        var (_, module, _) = await TwoModulesAsync();
        var token = Token(module, "line-link-token");
        var first = await BeginAsync(token, Nonce);
        (await BeginAsync(token, Nonce)).ShouldBe(first);
        (await BeginAsync(token, Nonce + "2")).ShouldNotBe(first);
    }

    [Fact]
    public async Task Given_many_attempts_with_one_token_When_there_were_ten_Then_no_more_are_begun()
    {
        var (_, module, _) = await TwoModulesAsync();
        var token = Token(module, "line-link-token-of-many");
        for (var i = 0; i < 10; i++)
            (await BeginAsync(token, $"nonce-number-{i}")).ShouldNotBeNull();
        (await BeginAsync(token, "nonce-number-10")).ShouldBeNull();
        (await BeginAsync(token, "nonce-number-9")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("too-short")]
    [InlineData("")]
    public async Task Given_a_nonce_that_LINE_would_not_take_When_the_browser_comes_Then_LINE_is_never_reached(string nonce)
    {
        var (_, module, _) = await TwoModulesAsync();
        (await BeginAsync(Token(module, "t"), nonce)).ShouldBeNull();
        (await BeginAsync(Token(module, "t"), new string('n', 256))).ShouldBeNull();
        (await BeginAsync(Token(module, "t"), new string('n', 255))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Given_a_token_that_is_old_made_up_or_anothers_kind_When_the_browser_comes_Then_a_page_says_so_and_LINE_is_never_reached()
    {
        var (_, module, _) = await TwoModulesAsync();
        var token = Token(module, "t");
        (await BeginAsync("made-up", Nonce)).ShouldBeNull();
        (await BeginAsync(token[..^4] + "AAAA", Nonce)).ShouldBeNull();
        (await BeginAsync(await module.TokenAsync(), Nonce)).ShouldBeNull(); // Sealed by us too, for another purpose.
        using (var none = await _browser.GetAsync("/dialog/bot/accountLink"))
            none.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var twice = await _browser.GetAsync($"/dialog/bot/accountLink?linkToken={token}&linkToken={token}&nonce={Nonce}"))
            twice.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await BeginAsync(token, Nonce)).ShouldBeNull();
    }

    [Theory]
    [InlineData("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant", "這個連結已失效")]
    [InlineData("ja", "ja", "このリンクは使えません")]
    [InlineData("fr;q=0.5, th-TH", "th", "ลิงก์นี้ใช้ไม่ได้แล้ว")]
    [InlineData("fr", "en", "This link no longer works")]
    [InlineData(";;", "en", "This link no longer works")]
    public async Task Given_a_link_that_is_no_longer_good_When_the_browser_comes_Then_a_page_says_so_in_its_language_and_nothing_may_run_in_it(string wish, string language, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dialog/bot/accountLink?linkToken=made-up&nonce=abcdefghij");
        request.Headers.TryAddWithoutValidation("Accept-Language", wish);
        using var answer = await _browser.SendAsync(request);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain($"<html lang=\"{language}\">");
        WebUtility.HtmlDecode(page).ShouldContain($"<h1>{title}</h1>");
    }

    [Fact]
    public async Task Given_a_linkage_that_ended_or_whose_ids_were_erased_When_the_browser_comes_Then_nothing_is_begun_and_nothing_heard()
    {
        var (shop, module, erased) = await TwoModulesAsync();
        var (token, ours) = (Token(module, "t1"), await BegunAsync(erased, Nonce));
        await shop.SetStateAsync(module, LinkageState.Ended);
        (await BeginAsync(token, Nonce)).ShouldBeNull();

        var before = Token(erased, "t2");
        await _gateway.ManageAsync(HttpMethod.Post, $"/management/linkages/{erased.Linkage.Value}/erase-ids");
        (await BeginAsync(before, Nonce)).ShouldBeNull();
        await shop.PostAsync(Link(shop, "failed", ours, null));
        await SettledAsync();
        erased.Module.All.ShouldNotContain(got => got.Body.Contains("accountLink"));
    }

    private async Task<(Shop Shop, LinkedDouble AnswersFirst, LinkedDouble Other)> TwoModulesAsync()
    {
        var shop = await _gateway.NewShopAsync();
        return (shop, await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
    }

    /// <summary>Completes when all that came in is routed and delivered.</summary>
    private async Task SettledAsync()
    {
        await _gateway.RouteAsync();
        await _gateway.Services.GetRequiredService<DeliveryEngine>().RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>A link token of ours, as the linkToken call gives it.</summary>
    private string Token(LinkedDouble module, string lineToken) => _gateway.Services.GetRequiredService<LinkTokens>()
        .Seal(new LinkGrant(module.Linkage, 0, module.Bot, _gateway.Clock.GetUtcNow() + LinkTokens.Lifetime, lineToken));

    private async Task<Uri?> BeginAsync(string token, string nonce)
    {
        using var answer = await _browser.GetAsync($"/dialog/bot/accountLink?linkToken={token}&nonce={Uri.EscapeDataString(nonce)}");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.StatusCode.ShouldBe(answer.Headers.Location is null ? HttpStatusCode.BadRequest : HttpStatusCode.Found);
        return answer.Headers.Location;
    }

    /// <summary>The nonce of ours that LINE was given.</summary>
    private async Task<string> BegunAsync(LinkedDouble module, string nonce) =>
        HttpUtility.ParseQueryString((await BeginAsync(Token(module, Guid.NewGuid().ToString()), nonce))!.Query)["nonce"]!;

    private static JsonObject Link(Shop shop, string result, string nonce, string? user)
    {
        var link = new JsonObject { ["type"] = "accountLink", ["mode"] = "active", ["link"] = new JsonObject { ["result"] = result, ["nonce"] = nonce } };
        if (user is not null)
        {
            link["replyToken"] = Guid.NewGuid().ToString("N");
            link["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User(user) };
        }

        return link;
    }
}
