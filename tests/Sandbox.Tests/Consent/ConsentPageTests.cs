using System.Net;
using System.Net.Http.Json;
using System.Web;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Consent;

public sealed class ConsentPageTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Given_a_manager_of_two_accounts_When_the_consent_page_opens_Then_it_lists_only_those_that_they_administer()
    {
        await using var shop = await Shop.NewAsync(host);
        await using var operated = await Shop.NewAsync(host);
        using var right = await host.Http.PutAsJsonAsync($"/sandbox/api/managers/{shop.ManagerEmail}/rights/{operated.BotId}", new { role = "operator" });
        right.EnsureSuccessStatusCode();

        var page = await OpenAsync(shop, shop.AuthorizeUrl());

        page.ShouldContain($"value=\"{shop.BotId}\"");
        page.ShouldContain(shop.BasicId);
        page.ShouldNotContain(operated.BotId);
        page.ShouldContain("接收顧客傳來的訊息與動態");
    }

    [Fact]
    public async Task Given_an_operator_When_they_post_an_account_that_they_do_not_administer_Then_no_code_is_given()
    {
        await using var shop = await Shop.NewAsync(host, role: "operator");
        using var browser = new ManagerBrowser(host.Address);
        using var page = await browser.SignInAsync(shop.AuthorizeUrl(), shop.ManagerEmail, Shop.Password);

        using var answer = await browser.DecideAsync(shop.AuthorizeUrl(), await page.Content.ReadAsStringAsync(), "link", shop.BotId, Shop.AllScopes);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("region", "JP")]
    [InlineData("brand_type", "premium verified")]
    [InlineData("basic_search_id", "@000other")]
    public async Task Given_a_restriction_that_the_account_does_not_meet_When_the_consent_page_opens_Then_it_is_not_listed(string name, string value)
    {
        await using var shop = await Shop.NewAsync(host);

        var page = await OpenAsync(shop, shop.AuthorizeUrl((name, value)));

        page.ShouldNotContain(shop.BotId);
        page.ShouldContain("你沒有可以連結的官方帳號");
    }

    [Fact]
    public async Task Given_the_basic_id_of_the_account_When_the_consent_page_opens_Then_it_is_listed()
    {
        await using var shop = await Shop.NewAsync(host);

        var page = await OpenAsync(shop, shop.AuthorizeUrl(("basic_search_id", shop.BasicId), ("region", "TW"), ("brand_type", "unverified premium")));

        page.ShouldContain(shop.BotId);
    }

    [Fact]
    public async Task Given_the_consent_page_When_the_manager_cancels_Then_the_callback_hears_access_denied()
    {
        await using var shop = await Shop.NewAsync(host);

        var callback = await shop.ConsentAsync(shop.AuthorizeUrl(), [], decision: "cancel");

        callback["error"].ShouldBe("access_denied");
        callback["error_description"].ShouldNotBeNullOrEmpty();
        callback["state"].ShouldBe("Ab12");
        callback["code"].ShouldBeNull();
        callback["from"].ShouldBe("line"); // The redirect URL's own query stays.
    }

    [Fact]
    public async Task Given_no_permission_left_ticked_When_the_manager_links_Then_the_page_says_so()
    {
        await using var shop = await Shop.NewAsync(host);
        using var browser = new ManagerBrowser(host.Address);
        using var page = await browser.SignInAsync(shop.AuthorizeUrl(), shop.ManagerEmail, Shop.Password);

        using var answer = await browser.DecideAsync(shop.AuthorizeUrl(), await page.Content.ReadAsStringAsync(), "link", shop.BotId, []);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("請至少保留一項權限");
    }

    [Fact]
    public async Task Given_a_permission_that_was_not_asked_for_When_it_is_posted_Then_it_is_not_granted()
    {
        await using var shop = await Shop.NewAsync(host);
        var url = shop.AuthorizeUrl(("scope", "message:receive"));
        var callback = await shop.ConsentAsync(url, ["message:receive", "message:send"]);

        using var answer = await shop.ExchangeAsync(callback["code"]!, ("scope", "message:receive"));

        (await answer.Content.ReadAsStringAsync()).ShouldContain("""["message:receive"]""");
    }

    [Fact]
    public async Task Given_a_decision_without_the_form_token_When_it_is_posted_Then_it_is_refused()
    {
        await using var shop = await Shop.NewAsync(host);
        using var browser = new ManagerBrowser(host.Address);
        using var page = await browser.SignInAsync(shop.AuthorizeUrl(), shop.ManagerEmail, Shop.Password);

        using var answer = await browser.PostAsync(shop.AuthorizeUrl(), [new("decision", "link"), new("bot_id", shop.BotId), new("scope", "message:send")]);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("client_id", "1")]
    [InlineData("client_id", null)]
    [InlineData("redirect_uri", "http://127.0.0.1:9/attach/callback")]
    [InlineData("redirect_uri", null)]
    public async Task Given_a_client_or_redirect_URL_that_is_not_registered_When_the_page_opens_Then_nobody_is_redirected(string name, string? value)
    {
        await using var shop = await Shop.NewAsync(host);
        using var browser = new ManagerBrowser(host.Address);

        using var answer = await browser.GetAsync(shop.AuthorizeUrl((name, value)));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", "message:send everything", "invalid_scope")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("region", "TH", "invalid_request")]
    [InlineData("brand_type", "gold", "invalid_request")]
    [InlineData("code_challenge", "too-short", "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("state", "a%20b", "invalid_request")]
    [InlineData("state", null, "invalid_request")]
    public async Task Given_a_wrong_parameter_When_the_page_opens_Then_the_callback_hears_which(string name, string? value, string error)
    {
        await using var shop = await Shop.NewAsync(host);
        using var browser = new ManagerBrowser(host.Address);

        using var answer = await browser.GetAsync(shop.AuthorizeUrl((name, value)));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldStartWith(Shop.RedirectUrl);
        HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["error"].ShouldBe(error);
    }

    [Fact]
    public async Task Given_a_wrong_password_When_signing_in_Then_the_page_says_so_and_keeps_the_address()
    {
        await using var shop = await Shop.NewAsync(host);
        using var browser = new ManagerBrowser(host.Address);
        using var redirect = await browser.GetAsync(shop.AuthorizeUrl());
        var page = await (await browser.GetAsync(redirect.Headers.Location!.ToString())).Content.ReadAsStringAsync();

        using var answer = await browser.PostAsync("/module/auth/v1/sign-in",
            [new("form_token", ManagerBrowser.Hidden(page, "form_token")), new("continue", ManagerBrowser.Hidden(page, "continue")), new("email", shop.ManagerEmail), new("password", "wrong")]);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var again = await answer.Content.ReadAsStringAsync();
        again.ShouldContain("電子郵件或密碼不正確");
        again.ShouldContain(shop.ManagerEmail);
    }

    [Fact]
    public async Task Given_a_foreign_address_to_continue_to_When_signing_in_Then_it_is_not_followed()
    {
        await using var shop = await Shop.NewAsync(host);
        using var browser = new ManagerBrowser(host.Address);
        var page = await (await browser.GetAsync("/module/auth/v1/sign-in?continue=https%3A%2F%2Fevil.example%2F")).Content.ReadAsStringAsync();
        ManagerBrowser.Hidden(page, "continue").ShouldBe("");

        using var answer = await browser.PostAsync("/module/auth/v1/sign-in",
            [new("form_token", ManagerBrowser.Hidden(page, "form_token")), new("continue", "https://evil.example/"), new("email", shop.ManagerEmail), new("password", Shop.Password)]);

        answer.Headers.Location!.ToString().ShouldBe("/module/auth/v1/sign-in");
    }

    [Fact]
    public async Task Given_a_seeded_manager_When_their_demo_button_is_pressed_Then_the_consent_page_lists_what_they_administer()
    {
        await using var shop = await Shop.NewAsync(host);
        using var browser = new ManagerBrowser(host.Address);
        using var redirect = await browser.GetAsync(shop.AuthorizeUrl());
        var page = await (await browser.GetAsync(redirect.Headers.Location!.ToString())).Content.ReadAsStringAsync();
        page.ShouldNotContain(shop.ManagerEmail); // Only demo managers have a button.

        using var answer = await browser.PostAsync("/module/auth/v1/sign-in",
            [new("form_token", ManagerBrowser.Hidden(page, "form_token")), new("continue", ManagerBrowser.Hidden(page, "continue")), new("demo", "lin@qinghe.example")]);
        var consent = await (await browser.GetAsync(answer.Headers.Location!.ToString())).Content.ReadAsStringAsync();

        consent.ShouldContain("青禾髮廊");
        consent.ShouldContain("雲腳咖啡");
        consent.ShouldNotContain("小月雜貨");
    }

    [Fact]
    public async Task Given_a_name_with_markup_When_the_consent_page_shows_it_Then_it_is_text()
    {
        await using var shop = await Shop.NewAsync(host);
        using var renamed = await host.Http.PatchAsJsonAsync($"/sandbox/api/channels/{shop.ChannelId}", new { name = "<script>alert(1)</script>" });
        renamed.EnsureSuccessStatusCode();

        var page = await OpenAsync(shop, shop.AuthorizeUrl());

        page.ShouldNotContain("<script");
        page.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public async Task Given_a_browser_in_English_When_the_sign_in_page_opens_Then_it_is_in_English()
    {
        using var page = await host.Http.GetAsync("/module/auth/v1/sign-in?lang=en");

        (await page.Content.ReadAsStringAsync()).ShouldContain("Sign in as a manager of an Official Account.");
        page.Headers.GetValues("Content-Security-Policy").First().ShouldContain("default-src 'none'");
        using var style = await host.Http.GetAsync("/module/auth/v1/consent.css");
        style.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> OpenAsync(Shop shop, string url)
    {
        using var browser = new ManagerBrowser(host.Address);
        using var page = await browser.SignInAsync(url, shop.ManagerEmail, Shop.Password);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await page.Content.ReadAsStringAsync();
    }
}
