using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Line;

namespace ModuleGateway.Tests.Facade;

/// <summary>What LINE's SDKs and their users rely on beside the bodies: ids of requests, statuses, content types.</summary>
public sealed class ContractTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    [Fact]
    public async Task Given_an_acquire_whose_JSON_has_something_behind_it_When_it_is_called_Then_400()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/bot/chat/{Shop.Seen(gateway, module, shop.User("alice"))}/control/acquire");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", shop.Bot.ToString());
        request.Content = new StringContent("""{"ttl":60} and more""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await gateway.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("could not be parsed as JSON");
    }

    [Fact]
    public async Task Given_an_acquire_whose_properties_are_null_When_it_is_called_Then_they_are_read_as_left_out()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        await shop.WriteAsync("alice", "hello");
        await gateway.RouteAsync();
        (await module.CallAsync(HttpMethod.Post, $"/v2/bot/chat/{Shop.Seen(gateway, module, shop.User("alice"))}/control/acquire", new { expired = (bool?)null, ttl = (int?)null })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_list_of_users_with_one_that_is_none_When_they_are_to_get_a_menu_Then_LINEs_sentence_names_it_to_the_byte()
    {
        var shop = await gateway.NewShopAsync();
        var body = JsonContent.Create(new { richMenuId = $"richmenu-{Guid.NewGuid():N}", userIds = new[] { "nobody" } });
        using var answer = await SendAsync(await shop.LinkAsync(), HttpMethod.Post, "/v2/bot/richmenu/bulk/link", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"The property, 'userIds[0]', in the request body is invalid (line: -, column: -)"}""");
    }

    [Fact]
    public async Task Given_a_call_that_LINE_answers_When_the_answer_goes_on_Then_it_bears_LINEs_request_id()
    {
        var shop = await gateway.NewShopAsync();
        using var answer = await SendAsync(await shop.LinkAsync(), HttpMethod.Get, "/v2/bot/info", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var call = gateway.Line.Calls.Last(one => one.Bot == shop.Bot.ToString());
        answer.Headers.GetValues("x-line-request-id").ShouldBe([call.RequestId]);
    }

    [Fact]
    public async Task Given_LINE_that_refuses_our_own_token_When_a_module_calls_Then_it_is_not_told_that_its_token_is_bad()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() ? (401, """{"message":"Authentication failed due to the following reason: invalid token."}""") : null;
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task Given_a_body_that_is_not_sent_as_JSON_When_a_call_is_made_Then_400_names_the_content_type()
    {
        var shop = await gateway.NewShopAsync();
        using var answer = await SendAsync(await shop.LinkAsync(), HttpMethod.Post, "/v2/bot/message/push", new StringContent("""{"to":"x","messages":[]}""", Encoding.UTF8, "text/plain"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"The content type, text/plain; charset=utf-8, is not supported"}""");
    }

    [Fact]
    public async Task Given_an_id_of_no_shape_in_a_path_When_it_is_refused_Then_LINEs_sentence_stands_there_to_the_byte()
    {
        var shop = await gateway.NewShopAsync();
        using var answer = await SendAsync(await shop.LinkAsync(), HttpMethod.Get, "/v2/bot/profile/nobody", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"The value for the 'userId' parameter is invalid"}""");
    }

    [Theory]
    [InlineData("/v2/bot/richmenu.json")]
    [InlineData("/oauth2/v2.1")]
    public async Task Given_an_unknown_path_with_a_dot_When_it_is_called_Then_404_in_LINEs_shape(string path)
    {
        using var answer = await gateway.Http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.Contains("x-line-request-id").ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"Not found"}""");
    }

    [Fact]
    public async Task Given_a_token_is_asked_for_When_it_is_issued_or_refused_Then_the_answer_has_a_request_id_and_nobody_may_keep_it()
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        foreach (var secret in new[] { module.Secret, "wrong" })
        {
            using var answer = await PostFormAsync("/oauth2/v3/token", ("grant_type", "client_credentials"), ("client_id", module.Channel.ToString()), ("client_secret", secret));
            Guid.TryParse(answer.Headers.GetValues("x-line-request-id").Single(), out _).ShouldBeTrue();
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("/oauth2/v3/token")]
    [InlineData("/oauth2/v2.1/token")]
    public async Task Given_an_assertion_by_a_key_that_was_never_registered_When_a_token_is_asked_for_Then_404_in_LINEs_words(string path)
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        using var rsa = RSA.Create(2048);
        var assertion = ChannelAssertion.Create(module.Channel, "unknown", rsa, gateway.Clock.GetUtcNow(), TimeSpan.FromDays(1));
        using var answer = await PostFormAsync(path, ("grant_type", "client_credentials"), ("client_assertion_type", AssertionType), ("client_assertion", assertion));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["message"]).ShouldBe("Cannot find channel key that satisfies the conditions");
    }

    [Fact]
    public async Task Given_an_assertion_that_names_no_lifetime_When_a_token_of_a_lifetime_of_ones_choice_is_asked_for_Then_400_and_a_stateless_one_is_issued()
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        using var rsa = RSA.Create(2048);
        var jwk = JsonNode.Parse(AssertionKey.Of(rsa).ToJwk())!;
        jwk["kid"] = "registered";
        await gateway.WithRegistryAsync(db => db.Modules.Single(row => row.ChannelId == module.Channel).AssertionKeys = new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString());
        var form = new[] { ("grant_type", "client_credentials"), ("client_assertion_type", AssertionType), ("client_assertion", ChannelAssertion.Create(module.Channel, "registered", rsa, gateway.Clock.GetUtcNow())) };
        using var refused = await PostFormAsync("/oauth2/v2.1/token", form);
        (refused.StatusCode, (string?)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["error_description"]).ShouldBe((HttpStatusCode.BadRequest, "Invalid token_exp"));
        using var issued = await PostFormAsync("/oauth2/v3/token", form);
        issued.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("123e4567e89b12d3a456426614174000")]
    [InlineData("{123e4567-e89b-12d3-a456-426614174000}")]
    [InlineData(" 123e4567-e89b-12d3-a456-42661417400")]
    [InlineData("once more")]
    public async Task Given_a_retry_key_that_is_no_UUID_in_its_plain_form_with_hyphens_When_a_module_pushes_Then_400_and_LINE_is_not_asked(string key)
    {
        var (status, body, calls) = await PushWithAsync(key);
        (status, (string?)body["message"]).ShouldBe((HttpStatusCode.BadRequest, "The retry key must be a UUID"));
        calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_retry_key_that_is_a_UUID_When_a_module_pushes_in_small_and_in_capital_letters_Then_LINE_gets_the_same_other_UUID()
    {
        const string key = "123E4567-E89B-12D3-A456-426614174000";
        gateway.Line.Answer = call => call.Path == "/v2/bot/message/push" ? (500, """{"message":"Internal Server Error"}""") : null; // What LINE accepted is not asked again.
        var (_, _, calls) = await PushWithAsync(key, key.ToLowerInvariant());
        calls.Count.ShouldBe(2);
        var atLine = calls.Select(call => call.RetryKey).Distinct().ShouldHaveSingleItem();
        Guid.TryParseExact(atLine, "D", out var uuid).ShouldBeTrue();
        uuid.ShouldNotBe(Guid.Parse(key));
    }

    /// <summary>Pushes with each of these keys.</summary>
    /// <returns>How the last was answered, and what LINE got.</returns>
    private async Task<(HttpStatusCode Status, JsonObject Body, IReadOnlyList<LineCall> Calls)> PushWithAsync(params string[] keys)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        var last = (HttpStatusCode.NoContent, new JsonObject());
        foreach (var key in keys)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/bot/message/push") { Content = JsonContent.Create(new { to = alice, messages = new[] { new { type = "text", text = "hello" } } }) };
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
            request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", module.Bot.ToString());
            request.Headers.TryAddWithoutValidation("X-Line-Retry-Key", key);
            using var answer = await gateway.Http.SendAsync(request);
            last = (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!);
        }

        return (last.Item1, last.Item2, [.. gateway.Line.Calls.Where(call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/push")]);
    }

    private async Task<HttpResponseMessage> SendAsync(LinkedDouble module, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", module.Bot.ToString());
        return await gateway.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        gateway.Http.PostAsync(path, new FormUrlEncodedContent(fields.ToDictionary(field => field.Name, field => field.Value)));
}
