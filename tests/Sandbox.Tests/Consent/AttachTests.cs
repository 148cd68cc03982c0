using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Consent;

public sealed class AttachTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    [Fact]
    public async Task Given_consent_with_PKCE_When_the_code_is_exchanged_Then_the_bot_is_attached_with_the_ticked_scopes_and_the_module_is_told()
    {
        await using var shop = await Shop.NewAsync(host);
        var url = shop.AuthorizeUrl(("code_challenge", Shop.Challenge(Verifier)), ("code_challenge_method", "S256"));

        var callback = await shop.ConsentAsync(url, ["message:receive", "profile:read"]);
        callback["state"].ShouldBe("Ab12");
        using var answer = await shop.ExchangeAsync(callback["code"]!, ("code_verifier", Verifier));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("bot_id").GetString().ShouldBe(shop.BotId);
        body.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["message:receive", "profile:read"]);

        var told = await shop.Module.NextAsync("module");
        told.IsSigned.ShouldBeTrue();
        told.Destination.ShouldBe(shop.BotId);
        told.Mode.ShouldBe("active");
        told.Event.TryGetProperty("source", out _).ShouldBeFalse();
        told.Event.GetProperty("module").GetProperty("type").GetString().ShouldBe("attached");
        told.Event.GetProperty("module").GetProperty("scopes").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Given_the_console_wants_it_first_When_a_code_is_exchanged_Then_the_attached_event_is_there_before_the_answer()
    {
        await using var shop = await Shop.NewAsync(host);
        var callback = await shop.ConsentAsync(shop.AuthorizeUrl(), Shop.AllScopes);
        await host.OrderFaultAsync("attachedFirst", shop.BotId);
        shop.Module.Hangs(); // The server holds the event; so the exchange cannot be answered before the event's time-out.

        var exchange = shop.ExchangeAsync(callback["code"]!);
        var told = shop.Module.NextAsync("module");
        (await Task.WhenAny(told, exchange)).ShouldBe(told);
        (await exchange).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_basic_authentication_When_a_code_is_exchanged_Then_it_is_taken_like_form_fields()
    {
        await using var shop = await Shop.NewAsync(host);
        var callback = await shop.ConsentAsync(shop.AuthorizeUrl(), Shop.AllScopes);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/module/auth/v1/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code", ["code"] = callback["code"]!, ["redirect_uri"] = Shop.RedirectUrl, ["scope"] = string.Join(' ', Shop.AllScopes),
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{shop.ChannelId}:{shop.ChannelSecret}")));

        using var answer = await host.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("code_verifier", "wrong-verifier-wrong-verifier-wrong-verifier-1")]
    [InlineData("code_verifier", null)]
    [InlineData("redirect_uri", "http://127.0.0.1:9/other")]
    [InlineData("scope", "message:send")]
    [InlineData("region", "JP")]
    [InlineData("basic_search_id", "@000other")]
    [InlineData("brand_type", "premium")]
    public async Task Given_a_code_When_the_exchange_differs_from_the_request_Then_400_invalid_grant_and_the_code_is_burnt(string field, string? value)
    {
        await using var shop = await Shop.NewAsync(host);
        var url = shop.AuthorizeUrl(("code_challenge", Shop.Challenge(Verifier)), ("code_challenge_method", "S256"));
        var callback = await shop.ConsentAsync(url, Shop.AllScopes);

        using var refused = await shop.ExchangeAsync(callback["code"]!, ("code_verifier", Verifier), (field, value));
        using var again = await shop.ExchangeAsync(callback["code"]!, ("code_verifier", Verifier));

        await ShouldBeAsync(refused, HttpStatusCode.BadRequest, "invalid_grant");
        await ShouldBeAsync(again, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task Given_a_used_code_When_it_is_exchanged_again_Then_400_invalid_grant()
    {
        await using var shop = await Shop.NewAsync(host);
        var callback = await shop.ConsentAsync(shop.AuthorizeUrl(), Shop.AllScopes);

        using var first = await shop.ExchangeAsync(callback["code"]!);
        using var second = await shop.ExchangeAsync(callback["code"]!);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeAsync(second, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task Given_a_wrong_secret_When_a_code_is_exchanged_Then_400_invalid_client_and_the_code_still_works()
    {
        await using var shop = await Shop.NewAsync(host);
        var callback = await shop.ConsentAsync(shop.AuthorizeUrl(), Shop.AllScopes);

        using var refused = await shop.ExchangeAsync(callback["code"]!, ("client_secret", "not the secret"));
        using var right = await shop.ExchangeAsync(callback["code"]!);

        await ShouldBeAsync(refused, HttpStatusCode.BadRequest, "invalid_client");
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_Default_Active_module_is_attached_When_another_one_exchanges_its_code_Then_403()
    {
        await using var shop = await Shop.OpenAsync(host);
        await using var other = await Shop.NewAsync(host);
        using var right = await host.Http.PutAsJsonAsync($"/sandbox/api/managers/{other.ManagerEmail}/rights/{shop.BotId}", new { role = "administrator" });
        right.EnsureSuccessStatusCode();
        var callback = await other.ConsentAsync(other.AuthorizeUrl(), Shop.AllScopes, botId: shop.BotId);

        using var answer = await other.ExchangeAsync(callback["code"]!);

        await ShouldBeAsync(answer, HttpStatusCode.Forbidden, "access_denied");
    }

    [Fact]
    public async Task Given_an_attached_bot_When_consent_is_given_again_with_more_scopes_Then_they_replace_the_old_ones()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: ["message:receive"]);
        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{await shop.UserIdAsync()}")).Status.ShouldBe(HttpStatusCode.Forbidden);

        await shop.AttachAsync(Shop.AllScopes);

        (await shop.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{await shop.UserIdAsync()}")).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.Module.NextAsync("module")).Event.GetProperty("module").GetProperty("scopes").GetArrayLength().ShouldBe(3);
    }

    private static async Task ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string error)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        JsonSerializer.Deserialize<JsonElement>(text).GetProperty("error").GetString().ShouldBe(error);
        answer.Headers.Contains("x-line-request-id").ShouldBeTrue();
    }
}
