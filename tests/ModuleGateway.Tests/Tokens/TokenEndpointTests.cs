using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Tokens;
using ModuleGateway.Routing;

namespace ModuleGateway.Tests.Tokens;

/// <summary>LINE's token endpoints as its channel-access-token.yml and reference describe them.</summary>
public sealed class TokenEndpointTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    [Theory]
    [InlineData("/oauth2/v3/token")]
    [InlineData("/v2/oauth/accessToken")]
    public async Task Given_a_form_of_100_KB_from_whoever_When_a_token_is_asked_for_Then_it_is_not_even_read(string path)
    {
        var module = await LinkAsync();
        foreach (var (length, expected) in new[] { (10_000, HttpStatusCode.OK), (100_000, HttpStatusCode.BadRequest) })
        {
            using var answer = await PostAsync(
                path, ("grant_type", "client_credentials"), ("client_id", module.Channel.ToString()), ("client_secret", module.Secret), ("more", new string('x', length)));
            answer.StatusCode.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Given_channel_id_and_secret_When_a_short_lived_token_is_asked_for_Then_it_opens_calls_for_30_days()
    {
        var module = await LinkAsync();
        var issued = await IssueShortLivedAsync(module);
        ((string?)issued["token_type"]).ShouldBe("Bearer");
        ((int)issued["expires_in"]!).ShouldBe(2_592_000);
        var token = (string)issued["access_token"]!;
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);

        await gateway.AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(2));
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await RefusedAsync("/v2/oauth/verify", ("access_token", token))).ShouldBe((HttpStatusCode.BadRequest, "invalid_request", "The access token expired"));
    }

    [Fact]
    public async Task Given_30_short_lived_tokens_When_one_more_is_issued_Then_the_oldest_dies_and_no_other()
    {
        var module = await LinkAsync();
        var tokens = new List<string>();
        for (var i = 0; i < 31; i++)
        {
            tokens.Add((string)(await IssueShortLivedAsync(module))["access_token"]!);
            await gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: tokens[0])).Status.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var token in tokens[1..])
            (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_many_that_ask_at_once_When_all_have_a_short_lived_token_Then_30_of_them_live()
    {
        var module = await LinkAsync();
        var issued = await Task.WhenAll(Enumerable.Range(0, 45).Select(_ => IssueShortLivedAsync(module)));
        var answers = await Task.WhenAll(issued.Select(one => module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: (string)one["access_token"]!)));
        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(30);
    }

    [Fact]
    public async Task Given_many_that_ask_at_once_When_their_tokens_have_an_expiry_of_their_choice_Then_30_are_issued()
    {
        var module = await LinkAsync();
        var tokens = gateway.Services.GetRequiredService<ModuleTokens>();
        var config = gateway.Services.GetRequiredService<GatewayState>().Snapshot.Module(module.Channel)!;
        var issued = await Task.WhenAll(Enumerable.Range(0, 45).Select(_ => tokens.IssueAsync(config, TimeSpan.FromDays(1), CancellationToken.None)));
        issued.Count(one => one is not null).ShouldBe(30);
    }

    [Fact]
    public async Task Given_a_registered_key_When_tokens_with_an_expiry_of_their_choice_are_issued_Then_the_31st_is_refused_until_one_has_run_out()
    {
        var module = await LinkAsync();
        using var key = await RegisterKeyAsync(module, "key-1");
        await IssueShortLivedAsync(module); // Of another kind: counted apart.
        var first = await IssueChosenAsync(module, key, TimeSpan.FromMinutes(5));
        ((int)first["expires_in"]!).ShouldBe(300);
        for (var i = 1; i < 30; i++)
            ((string?)(await IssueChosenAsync(module, key, TimeSpan.FromDays(30)))["token_type"]).ShouldBe("Bearer");

        using (var refused = await PostAsync("/oauth2/v2.1/token", Assertion(module, key, TimeSpan.FromDays(1))))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            ((string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["message"]).ShouldBe("The maximum number of access tokens has already been issued");
        }

        (await KeyIdsAsync(module, key)).Count.ShouldBe(30);
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: (string)first["access_token"]!)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var next = await IssueChosenAsync(module, key, TimeSpan.FromDays(1));
        var kids = await KeyIdsAsync(module, key);
        kids.Count.ShouldBe(30);
        kids.ShouldNotContain((string)first["key_id"]!);
        kids.ShouldContain((string)next["key_id"]!);
    }

    [Fact]
    public async Task Given_a_token_with_a_key_id_When_its_channel_revokes_it_Then_it_is_dead_and_its_key_id_is_gone()
    {
        var (module, stranger) = (await LinkAsync(), await LinkAsync());
        using var key = await RegisterKeyAsync(module, "key-1");
        var issued = await IssueChosenAsync(module, key, TimeSpan.FromDays(1));
        var token = (string)issued["access_token"]!;

        (await RevokeAsync(stranger, token)).ShouldBe(HttpStatusCode.OK); // No fault, and nothing done.
        using (var shortLived = await PostAsync("/v2/oauth/revoke", ("access_token", token)))
            shortLived.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);

        (await RevokeAsync(module, token)).ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await KeyIdsAsync(module, key)).ShouldBeEmpty();
        (await RevokeAsync(module, token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_short_lived_token_When_whoever_has_it_revokes_it_Then_it_is_dead_at_once()
    {
        var module = await LinkAsync();
        var token = (string)(await IssueShortLivedAsync(module))["access_token"]!;
        using (var answer = await PostAsync("/v2/oauth/revoke", ("access_token", token)))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }

        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await RefusedAsync("/v2/oauth/verify", ("access_token", token))).ShouldBe((HttpStatusCode.BadRequest, "invalid_request", "access_token invalid"));
    }

    [Fact]
    public async Task Given_tokens_of_each_kind_When_they_are_verified_Then_each_call_knows_the_kinds_that_LINEs_knows()
    {
        var module = await LinkAsync();
        using var key = await RegisterKeyAsync(module, "key-1");
        var shortLived = (string)(await IssueShortLivedAsync(module))["access_token"]!;
        var chosen = (string)(await IssueChosenAsync(module, key, TimeSpan.FromDays(1)))["access_token"]!;
        var stateless = await module.TokenAsync();

        using (var answer = await PostAsync("/v2/oauth/verify", ("access_token", shortLived)))
        {
            var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            ((string?)body["client_id"]).ShouldBe(module.Channel.ToString());
            ((int)body["expires_in"]!).ShouldBeInRange(2_591_990, 2_592_000);
        }

        foreach (var token in new[] { chosen, stateless })
        {
            (await RefusedAsync("/v2/oauth/verify", ("access_token", token))).Description.ShouldBe("access_token invalid");
            using var answer = await gateway.Http.GetAsync($"/oauth2/v2.1/verify?access_token={token}");
            ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["client_id"]).ShouldBe(module.Channel.ToString());
        }

        (await VerifyRefusedAsync(shortLived)).ShouldBe("The access token not JWS");
        (await VerifyRefusedAsync("made-up")).ShouldBe("access_token invalid");
        (await VerifyRefusedAsync("")).ShouldBe("access_token in invalid format");
    }

    [Fact]
    public async Task Given_a_wrong_id_or_secret_When_a_short_lived_token_is_asked_for_Then_LINEs_words_say_which()
    {
        var module = await LinkAsync();
        const string path = "/v2/oauth/accessToken";
        var (grant, id) = (("grant_type", "client_credentials"), ("client_id", module.Channel.ToString()));
        (await RefusedAsync(path, grant, id, ("client_secret", "wrong"))).ShouldBe((HttpStatusCode.BadRequest, "invalid_client", "invalid client_secret"));
        (await RefusedAsync(path, grant, ("client_id", "1"), ("client_secret", module.Secret))).ShouldBe((HttpStatusCode.BadRequest, "invalid_client", "invalid client_id"));
        (await RefusedAsync(path, grant, id)).ShouldBe((HttpStatusCode.BadRequest, "invalid_request", "some parameters missed or invalid"));
        (await RefusedAsync(path, ("grant_type", "password"), id, ("client_secret", module.Secret))).Error.ShouldBe("invalid_request");
        (await RefusedAsync("/oauth2/v2.1/revoke", id, ("client_secret", "wrong"), ("access_token", "x"))).ShouldBe((HttpStatusCode.BadRequest, "invalid_client", "invalid client_secret"));
    }

    private async Task<LinkedDouble> LinkAsync() => await (await gateway.NewShopAsync()).LinkAsync();

    private async Task<JsonObject> IssueShortLivedAsync(LinkedDouble module)
    {
        using var answer = await PostAsync("/v2/oauth/accessToken", ("grant_type", "client_credentials"), ("client_id", module.Channel.ToString()), ("client_secret", module.Secret));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task<JsonObject> IssueChosenAsync(LinkedDouble module, RSA key, TimeSpan lifetime)
    {
        using var answer = await PostAsync("/oauth2/v2.1/token", Assertion(module, key, lifetime));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private (string Name, string Value)[] Assertion(LinkedDouble module, RSA key, TimeSpan lifetime) =>
    [
        ("grant_type", "client_credentials"), ("client_assertion_type", AssertionType),
        ("client_assertion", ChannelAssertion.Create(module.Channel, "key-1", key, gateway.Clock.GetUtcNow(), lifetime)),
    ];

    private async Task<List<string>> KeyIdsAsync(LinkedDouble module, RSA key)
    {
        var assertion = ChannelAssertion.Create(module.Channel, "key-1", key, gateway.Clock.GetUtcNow());
        using var answer = await gateway.Http.GetAsync($"/oauth2/v2.1/tokens/kid?client_assertion_type={Uri.EscapeDataString(AssertionType)}&client_assertion={assertion}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["kids"]!.AsArray().Select(kid => (string)kid!).ToList();
    }

    private async Task<HttpStatusCode> RevokeAsync(LinkedDouble module, string token)
    {
        using var answer = await PostAsync("/oauth2/v2.1/revoke", ("client_id", module.Channel.ToString()), ("client_secret", module.Secret), ("access_token", token));
        return answer.StatusCode;
    }

    /// <summary>A key pair whose public half is registered for the module, as the portal would.</summary>
    private async Task<RSA> RegisterKeyAsync(LinkedDouble module, string keyId)
    {
        var rsa = RSA.Create(2048);
        var parts = rsa.ExportParameters(false);
        var jwk = new { kid = keyId, kty = "RSA", alg = "RS256", use = "sig", n = System.Buffers.Text.Base64Url.EncodeToString(parts.Modulus), e = System.Buffers.Text.Base64Url.EncodeToString(parts.Exponent) };
        var keys = JsonSerializer.Serialize(new { keys = new[] { jwk } });
        await gateway.WithRegistryAsync(db => db.Modules.Single(row => row.ChannelId == module.Channel).AssertionKeys = keys);
        return rsa;
    }

    private async Task<(HttpStatusCode Status, string? Error, string? Description)> RefusedAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await PostAsync(path, fields);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        return (answer.StatusCode, (string?)body["error"], (string?)body["error_description"]);
    }

    private async Task<string?> VerifyRefusedAsync(string token)
    {
        using var answer = await gateway.Http.GetAsync($"/oauth2/v2.1/verify?access_token={token}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error_description"];
    }

    private Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        gateway.Http.PostAsync(path, new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value)));
}
