using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Line;
using Tenancy;

namespace ModuleGateway.Tests.Facade;

public sealed class AccessTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string NoAccess = "Access to this API is not available for your account.";

    [Fact]
    public async Task Given_no_token_or_a_wrong_one_When_a_call_is_made_Then_401_in_LINEs_shape()
    {
        foreach (var token in new[] { null, "Bearer nonsense", "Basic abc" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/bot/info");
            if (token is not null)
                request.Headers.TryAddWithoutValidation("Authorization", token);
            using var answer = await gateway.Http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.Contains("x-line-request-id").ShouldBeTrue();
            ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]).ShouldStartWith("Authentication failed");
        }
    }

    [Fact]
    public async Task Given_a_stateless_token_When_15_minutes_have_passed_Then_it_is_refused()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        var token = await module.TokenAsync();
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(15.1));
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info", token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Given_a_bot_that_the_module_is_not_linked_to_When_it_calls_Then_403_as_for_a_bot_that_does_not_exist()
    {
        var (mine, theirs) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        var module = await mine.LinkAsync();
        await theirs.LinkAsync();
        var (status, body) = await module.CallAsync(HttpMethod.Get, "/v2/bot/info", bot: theirs.Bot);
        status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)body!["message"]).ShouldBe($"{NoAccess} Your module is not in it, or has ended there.");
        var nobody = await module.CallAsync(HttpMethod.Get, "/v2/bot/info", bot: BotId.Parse("U" + new string('a', 32), null));
        (nobody.Status, nobody.Body!.ToJsonString()).ShouldBe((status, body.ToJsonString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("shop")]
    [InlineData("U0123")]
    public async Task Given_a_header_that_names_no_account_When_a_module_calls_Then_403_says_that_it_is_the_header(string? bot)
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/bot/info");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
        if (bot is not null)
            request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", bot);
        using var answer = await gateway.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]).ShouldBe($"{NoAccess} The header X-Line-Bot-Id, which names it, is missing or is no Bot ID.");
    }

    [Theory]
    [InlineData(LinkageState.Paused, "Your module is paused there by its owner.")]
    [InlineData(LinkageState.Suspended, "Your module is suspended there.")]
    [InlineData(LinkageState.Ended, "Your module is not in it, or has ended there.")]
    public async Task Given_a_linkage_that_is_not_on_When_its_module_calls_Then_403_says_why(LinkageState state, string why)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        await shop.SetStateAsync(module, state);
        await SaysAsync(module, HttpMethod.Get, "/v2/bot/info", why);
        await SaysAsync(module, HttpMethod.Post, "/v2/bot/message/broadcast", why);
    }

    [Fact]
    public async Task Given_an_account_that_LINE_has_suspended_When_a_module_calls_Then_403_says_that_it_is_not_connected()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.PostAsync(new JsonObject { ["type"] = "botSuspended", ["mode"] = "active" });
        await gateway.RouteAsync();
        foreach (var path in new[] { "/v2/bot/message/quota", "/v2/bot/audienceGroup/list?page=1", "/v2/bot/message/aggregation/list" })
            await SaysAsync(module, HttpMethod.Get, path, "It is not connected with LINE at the moment.");
    }

    [Fact]
    public async Task Given_a_scope_that_is_missing_When_a_call_needs_it_Then_403_says_which_and_whether_the_module_or_the_account_lacks_it()
    {
        var shop = await gateway.NewShopAsync();
        var (without, notGranted) = (await shop.LinkAsync(scopes: [Scopes.MessageReceive]), await shop.LinkAsync(scopes: [Scopes.MessageMarkAsRead]));
        await shop.WriteAsync("alice", "hello");
        await gateway.RouteAsync();
        await SaysAsync(without, HttpMethod.Get, "/v2/bot/message/quota", $"Your module does not have the scope {Scopes.MessageSend} there.");
        await SaysAsync(notGranted, HttpMethod.Post, "/v2/bot/message/markAsRead", $"Its owner has not granted the scope {Scopes.MessageMarkAsRead} at LINE.", new { chat = new { userId = Shop.Seen(gateway, notGranted, shop.User("alice")) } });
    }

    [Fact]
    public async Task Given_a_linkage_without_a_scope_When_a_call_needs_it_Then_403()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(scopes: [Scopes.MessageReceive]);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{alice}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_call_that_the_gateway_does_not_know_When_it_is_made_Then_404_in_LINEs_shape()
    {
        var shop = await gateway.NewShopAsync();
        var (status, body) = await (await shop.LinkAsync()).CallAsync(HttpMethod.Get, "/v2/bot/something/new");
        status.ShouldBe(HttpStatusCode.NotFound);
        ((string?)body!["message"]).ShouldBe("Not found");
    }

    [Fact]
    public async Task Given_a_module_on_two_bots_When_it_lists_its_bots_page_by_page_Then_it_sees_its_own_and_no_other()
    {
        var (shop, other) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        var module = await shop.LinkAsync();
        await other.LinkAsync();
        await gateway.Services.PublishConnectionsAsync();

        var (status, body) = await module.CallAsync(HttpMethod.Get, "/v2/bot/list?limit=1");
        status.ShouldBe(HttpStatusCode.OK);
        body!["bots"]!.AsArray().Select(bot => (string?)bot!["userId"]).ShouldBe([shop.Bot.ToString()]);
        body.AsObject().ContainsKey("next").ShouldBeFalse();
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/list?start=made-up")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(LinkageState.Paused)]
    [InlineData(LinkageState.Suspended)]
    public async Task Given_a_linkage_that_rests_When_its_module_lists_its_bots_Then_it_is_still_there_for_it_was_not_detached(LinkageState state)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        await shop.SetStateAsync(module, state);
        await gateway.Services.PublishConnectionsAsync();
        var (_, body) = await module.CallAsync(HttpMethod.Get, "/v2/bot/list");
        body!["bots"]!.AsArray().Select(bot => (string?)bot!["userId"]).ShouldBe([shop.Bot.ToString()]);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_module_that_detaches_When_it_calls_again_Then_its_linkage_is_over_and_the_connection_stays()
    {
        var shop = await gateway.NewShopAsync();
        var (module, other) = (await shop.LinkAsync(), await shop.LinkAsync(answersFirst: true));
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = shop.Bot.ToString() })).Status.ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = shop.Bot.ToString() })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await other.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_wrong_credentials_When_a_token_is_asked_for_Then_400_in_LINEs_words()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        using var answer = await gateway.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = module.Channel.ToString(), ["client_secret"] = "wrong",
        }));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error_description"]).ShouldBe("Invalid 'client_credentials'.");
    }

    [Fact]
    public async Task Given_a_token_or_a_code_in_a_query_When_it_arrives_Then_the_log_does_not_know_it()
    {
        var token = await (await (await gateway.NewShopAsync()).LinkAsync()).TokenAsync();
        (await gateway.Http.GetAsync($"/oauth2/v2.1/verify?access_token={token}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Http.GetAsync("/attach/callback?state=nobodys&code=a-code-of-LINE")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Log.Lines.ShouldNotContain(line => line.Contains(token) || line.Contains("a-code-of-LINE"));
    }

    [Fact]
    public async Task Given_a_form_that_is_none_When_a_token_is_asked_for_Then_400()
    {
        using var form = new StringContent("x");
        form.Headers.ContentType = new("multipart/form-data"); // Without a boundary nobody can read it.
        (await gateway.Http.PostAsync("/oauth2/v3/token", form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("to", "\"other\"")]
    [InlineData("to", "[\"other\"]")]
    [InlineData("to", "{}")]
    [InlineData("to", "null")]
    [InlineData("replyToken", "\"other\"")]
    [InlineData("replyToken", "[\"other\"]")]
    [InlineData("markAsReadToken", "\"other\"")]
    [InlineData("markAsReadToken", "null")]
    public async Task Given_a_body_that_names_its_chat_twice_When_it_is_sent_Then_400_and_LINE_never_sees_it(string name, string other)
    {
        // Which of the two counts is the reader's choice, and LINE need not choose as we do.
        var module = await (await gateway.NewShopAsync()).LinkAsync(answersFirst: true);
        var path = name switch { "to" => "message/push", "replyToken" => "message/reply", _ => "chat/markAsRead" };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/bot/{path}")
        {
            Content = new StringContent($$"""{"{{name}}":"one","{{name}}":{{other}},"messages":[]}""", null, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", module.Bot.ToString());
        using var answer = await gateway.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["details"]![0]!["property"]).ShouldBe(name);
    }

    [Theory]
    [InlineData("""{"message":"The user % is unknown"}""")]
    [InlineData("""{"message":"x","details":[{"message":"'%','%'","property":"to"}]}""")]
    [InlineData("""{"message":"x","details":[{"property":"%"}],"%":1}""")]
    [InlineData("no JSON: %")]
    public async Task Given_a_refusal_of_LINEs_that_quotes_an_id_When_it_goes_on_Then_the_module_reads_its_own_and_the_bots_stays(string refusal)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/push" ? (400, refusal.Replace("%", shop.User("alice")) + " " + shop.Bot) : null;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/bot/message/push") { Content = JsonContent.Create(new { to = alice, messages = Array.Empty<object>() }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", shop.Bot.ToString());
        using var answer = await gateway.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(refusal.Replace("%", alice) + " " + shop.Bot);
    }

    [Fact]
    public async Task Given_a_refusal_of_LINEs_that_quotes_an_id_that_the_bot_never_met_When_it_goes_on_Then_it_is_still_unknown()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        gateway.Line.Answer = call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/info" ? (400, $$"""{"message":"x","id":"{{shop.User("carol")}}"}""") : null;
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await module.PushAsync(Shop.Seen(gateway, module, shop.User("carol")), "hello")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_the_management_API_When_it_is_called_without_its_key_Then_401()
    {
        using var answer = await gateway.Http.GetAsync("/management/unroutable");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // Nothing of a stranger's body is read: what is wrong with it is not what they hear.
        using var garbage = await gateway.Http.PostAsync("/management/attach-requests", new StringContent("{bad", System.Text.Encoding.UTF8, "application/json"));
        garbage.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task SaysAsync(LinkedDouble module, HttpMethod method, string path, string why, object? body = null)
    {
        var (status, answer) = await module.CallAsync(method, path, body ?? (method == HttpMethod.Post ? new { } : null));
        (status, (string?)answer!["message"]).ShouldBe((HttpStatusCode.Forbidden, $"{NoAccess} {why}"), path);
    }
}
