using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Line;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Tokens;

public sealed class TokenTests
{
    [Fact]
    public async Task Given_the_channel_secret_When_a_stateless_token_is_asked_for_Then_it_lives_15_minutes_and_no_longer()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        var answer = await PostAsync(host, "/oauth2/v3/token", ("grant_type", "client_credentials"), ("client_id", shop.ChannelId), ("client_secret", shop.ChannelSecret));
        answer.Json.GetProperty("token_type").GetString().ShouldBe("Bearer");
        answer.Json.GetProperty("expires_in").GetInt64().ShouldBe(900);
        var token = answer.Json.GetProperty("access_token").GetString()!;
        token.ShouldStartWith("ey");

        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);
        await host.MoveClockAsync(TimeSpan.FromMinutes(15));

        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).ShouldBeRefused(
            HttpStatusCode.Unauthorized, "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.");
        var verified = await GetAsync(host, $"/oauth2/v2.1/verify?access_token={token}");
        verified.Status.ShouldBe(HttpStatusCode.BadRequest);
        verified.Json.GetProperty("error_description").GetString().ShouldBe("The access token expired");
    }

    [Fact]
    public async Task Given_a_stateless_token_with_a_changed_letter_When_it_is_used_Then_401()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        var token = await shop.TokenAsync();
        var middle = token.Length / 2;

        var answer = await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..]);

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Given_a_wrong_secret_When_tokens_are_asked_for_Then_LINEs_errors()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.NewAsync(host);

        var stateless = await PostAsync(host, "/oauth2/v3/token", ("grant_type", "client_credentials"), ("client_id", shop.ChannelId), ("client_secret", "wrong"));
        var shortLived = await PostAsync(host, "/v2/oauth/accessToken", ("grant_type", "client_credentials"), ("client_id", shop.ChannelId), ("client_secret", "wrong"));
        var nobody = await PostAsync(host, "/v2/oauth/accessToken", ("grant_type", "client_credentials"), ("client_id", "1"), ("client_secret", "wrong"));

        ShouldBe(stateless, "invalid_request", "Invalid 'client_credentials'.");
        ShouldBe(shortLived, "invalid_client", "invalid client_secret");
        ShouldBe(nobody, "invalid_client", "invalid client_id");
    }

    [Fact]
    public async Task Given_a_registered_key_When_an_assertion_is_sent_Then_both_kinds_of_token_are_issued_and_the_v21_one_can_be_listed_and_revoked()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        using var key = RSA.Create(2048);
        var kid = await RegisterAsync(host, shop, key);
        var now = await host.NowAsync();

        var stateless = await PostAsync(host, "/oauth2/v3/token", Assertion(shop, key, kid, now));
        var v21 = await PostAsync(host, "/oauth2/v2.1/token", Assertion(shop, key, kid, now, TimeSpan.FromHours(1)));

        stateless.Status.ShouldBe(HttpStatusCode.OK, stateless.Text);
        v21.Json.GetProperty("expires_in").GetInt64().ShouldBe(3600);
        var token = v21.Json.GetProperty("access_token").GetString()!;
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);

        var fields = Assertion(shop, key, kid, now);
        var kids = await GetAsync(host, "/oauth2/v2.1/tokens/kid?" + string.Join('&', fields.Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}")));
        kids.Json.GetProperty("kids").EnumerateArray().Select(element => element.GetString()).ShouldBe([v21.Json.GetProperty("key_id").GetString()]);
        var verified = await GetAsync(host, $"/oauth2/v2.1/verify?access_token={token}");
        verified.Json.GetProperty("client_id").GetString().ShouldBe(shop.ChannelId);

        (await PostAsync(host, "/oauth2/v2.1/revoke", ("client_id", shop.ChannelId), ("client_secret", shop.ChannelSecret), ("access_token", token))).Status.ShouldBe(HttpStatusCode.OK);
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/oauth2/v3/token", "invalid_request", "Invalid 'grant_type'.")]
    [InlineData("/oauth2/v2.1/token", "invalid_request", "Invalid 'grant_type' or 'client_assertion_type'.")]
    [InlineData("/v2/oauth/accessToken", "invalid_request", "some parameters missed or invalid")]
    public async Task Given_another_grant_When_a_token_is_asked_for_Then_it_is_refused_in_the_same_words_as_at_the_gateway(string path, string error, string description)
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.NewAsync(host);

        ShouldBe(await PostAsync(host, path, ("grant_type", "password"), ("client_id", shop.ChannelId), ("client_secret", shop.ChannelSecret)), error, description);
    }

    [Fact]
    public async Task Given_an_assertion_that_is_none_When_a_token_is_asked_for_Then_it_is_refused_in_the_same_words_as_at_the_gateway()
    {
        await using var host = await SandboxHost.StartAsync();
        const string jwt = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        ShouldBe(await PostAsync(host, "/oauth2/v3/token", ("grant_type", "client_credentials"), ("client_assertion_type", jwt), ("client_assertion", "none")), "invalid_client", "Invalid client_assertion");
        ShouldBe(await PostAsync(host, "/oauth2/v3/token", ("grant_type", "client_credentials"), ("client_assertion_type", "saml"), ("client_assertion", "none")), "invalid_client", "Invalid 'client_assertion_type'.");
    }

    [Fact]
    public async Task Given_another_key_When_an_assertion_is_sent_Then_it_is_refused()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.NewAsync(host);
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var kid = await RegisterAsync(host, shop, key);
        var now = await host.NowAsync();

        ShouldBe(await PostAsync(host, "/oauth2/v3/token", Assertion(shop, other, kid, now)), "invalid_client", "Invalid client_assertion");
        ShouldBe(await PostAsync(host, "/oauth2/v3/token", Assertion(shop, key, kid, now.AddHours(-1))), "invalid_client", "Invalid exp");
        var unknown = await PostAsync(host, "/oauth2/v3/token", Assertion(shop, key, "no-such-kid", now));
        unknown.ShouldBeRefused(HttpStatusCode.NotFound, "Cannot find channel key that satisfies the conditions");
    }

    [Fact]
    public async Task Given_an_assertion_without_a_lifetime_When_a_v21_token_is_asked_for_Then_it_is_refused_and_a_stateless_one_is_issued()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        using var key = RSA.Create(2048);
        var assertion = Assertion(shop, key, await RegisterAsync(host, shop, key), await host.NowAsync());
        ShouldBe(await PostAsync(host, "/oauth2/v2.1/token", assertion), "invalid_client", "Invalid token_exp");
        (await PostAsync(host, "/oauth2/v3/token", assertion)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_30_tokens_When_a_31st_is_asked_for_Then_v21_is_refused_and_short_lived_revokes_the_oldest()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        using var key = RSA.Create(2048);
        var kid = await RegisterAsync(host, shop, key);
        var now = await host.NowAsync();
        var shortLived = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            (await PostAsync(host, "/oauth2/v2.1/token", Assertion(shop, key, kid, now, TimeSpan.FromDays(30)))).Status.ShouldBe(HttpStatusCode.OK);
            shortLived.Add((await ShortLivedAsync(host, shop)).Json.GetProperty("access_token").GetString()!);
            await host.MoveClockAsync(TimeSpan.FromMilliseconds(1)); // So that "the oldest" is one.
        }

        var refused = await PostAsync(host, "/oauth2/v2.1/token", Assertion(shop, key, kid, now, TimeSpan.FromDays(30)));
        (await ShortLivedAsync(host, shop)).Status.ShouldBe(HttpStatusCode.OK);

        refused.ShouldBeRefused(HttpStatusCode.BadRequest, "The maximum number of access tokens has already been issued");
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: shortLived[0])).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await shop.CallAsync(HttpMethod.Get, "/v2/bot/info", token: shortLived[1])).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<ApiAnswer> ShortLivedAsync(SandboxHost host, Shop shop) =>
        PostAsync(host, "/v2/oauth/accessToken", ("grant_type", "client_credentials"), ("client_id", shop.ChannelId), ("client_secret", shop.ChannelSecret));

    private static (string, string)[] Assertion(Shop shop, RSA key, string kid, DateTimeOffset now, TimeSpan? lifetime = null) =>
    [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", ChannelAssertion.Create(ChannelId.Parse(shop.ChannelId, null), kid, key, now, lifetime)),
    ];

    private static async Task<string> RegisterAsync(SandboxHost host, Shop shop, RSA key)
    {
        var jwk = JsonSerializer.Deserialize<JsonElement>(AssertionKey.Of(key).ToJwk());
        return (await host.PostAsync($"/sandbox/api/channels/{shop.ChannelId}/keys", jwk)).GetProperty("kid").GetString()!;
    }

    private static async Task<ApiAnswer> PostAsync(SandboxHost host, string path, params (string Name, string Value)[] fields)
    {
        using var response = await host.Http.PostAsync(path, new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value)));
        return await ApiAnswer.ReadAsync(response);
    }

    private static async Task<ApiAnswer> GetAsync(SandboxHost host, string path)
    {
        using var response = await host.Http.GetAsync(path);
        return await ApiAnswer.ReadAsync(response);
    }

    private static void ShouldBe(ApiAnswer answer, string error, string description)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Text);
        answer.Json.GetProperty("error").GetString().ShouldBe(error);
        answer.Json.GetProperty("error_description").GetString().ShouldBe(description);
        answer.RequestId.ShouldNotBeNull();
    }
}
