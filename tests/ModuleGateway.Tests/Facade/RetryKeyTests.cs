using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Facade;

/// <summary>A send that LINE accepted once is not sent again, whoever may speak by then.</summary>
public sealed class RetryKeyTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Sent = """{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7b"}]}""";

    [Fact]
    public async Task Given_a_push_that_LINE_accepted_When_control_has_moved_and_it_is_tried_again_Then_409_with_what_was_sent_and_LINE_is_not_called()
    {
        var (shop, module, alice) = await ShopAsync();
        var key = Guid.NewGuid();
        gateway.Line.Answer = call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString() ? (200, Sent) : null;
        using var first = await PushAsync(module, alice, key);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var accepted = first.Headers.GetValues("x-line-request-id").Single();

        var other = await shop.LinkAsync();
        (await other.AcquireAsync(Shop.Seen(gateway, other, shop.User("alice")))).Status.ShouldBe(HttpStatusCode.OK);
        using var again = await PushAsync(module, alice, key);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        again.Headers.GetValues("x-line-accepted-request-id").ShouldBe([accepted]);
        again.Headers.GetValues("x-line-request-id").Single().ShouldNotBe(accepted);
        var body = (await again.Content.ReadFromJsonAsync<JsonObject>())!;
        ((string?)body["message"]).ShouldBe("The retry key is already accepted");
        body["sentMessages"]!.ToJsonString().ShouldBe(JsonNode.Parse(Sent)!["sentMessages"]!.ToJsonString());
        Pushes(shop).ShouldBe(1);

        // Another key is another send.
        using var fresh = await PushAsync(module, alice, Guid.NewGuid());
        fresh.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_the_same_key_of_another_linkage_or_of_another_call_When_it_is_used_Then_it_is_a_first_one()
    {
        var (shop, module, alice) = await ShopAsync();
        var key = Guid.NewGuid();
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var broadcast = await module.RequestAsync(HttpMethod.Post, "/v2/bot/message/broadcast", JsonContent.Create(new { messages = Array.Empty<object>() }), ("X-Line-Retry-Key", key.ToString()));
        broadcast.StatusCode.ShouldBe(HttpStatusCode.OK);
        var other = await shop.LinkAsync();
        var hers = Shop.Seen(gateway, other, shop.User("alice"));
        (await other.AcquireAsync(hers)).Status.ShouldBe(HttpStatusCode.OK);
        (await PushAsync(other, hers, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.Where(call => call.Bot == shop.Bot.ToString() && call.RetryKey is not null).Select(call => call.RetryKey).ShouldBeUnique();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task Given_a_send_that_LINE_did_not_accept_When_it_is_tried_again_Then_LINE_is_asked_again_with_the_same_key(int status)
    {
        var (shop, module, alice) = await ShopAsync();
        var key = Guid.NewGuid();
        gateway.Line.Answer = call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString() ? (status, """{"message":"no"}""") : null;
        ((int)(await PushAsync(module, alice, key)).StatusCode).ShouldBe(status);
        gateway.Line.Answer = _ => null;
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.Where(call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString()).Select(call => call.RetryKey).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_key_that_LINE_says_was_accepted_When_control_has_moved_Then_a_further_try_hears_the_same()
    {
        // The gateway died between LINE's answer and its own note of it.
        var (shop, module, alice) = await ShopAsync();
        var key = Guid.NewGuid();
        gateway.Line.Takes = async http =>
        {
            if (http.Request.Path != "/v2/bot/message/push" || http.Request.Headers["X-Line-Bot-Id"] != shop.Bot.ToString())
                return false;
            http.Response.StatusCode = 409;
            http.Response.Headers["x-line-accepted-request-id"] = "the-first-one";
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync("""{"message":"The retry key is already accepted","sentMessages":[{"id":"1"}]}"""u8.ToArray());
            return true;
        };
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await shop.AnswersFirstAsync(null);
        using var again = await PushAsync(module, alice, key);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        again.Headers.GetValues("x-line-accepted-request-id").ShouldBe(["the-first-one"]);
        (await again.Content.ReadAsStringAsync()).ShouldContain("\"sentMessages\":[{\"id\":\"1\"}]");
    }

    [Fact]
    public async Task Given_an_accepted_key_When_a_day_has_passed_Then_it_is_a_first_one_again()
    {
        var (shop, module, alice) = await ShopAsync();
        var key = Guid.NewGuid();
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromHours(23.9));
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await gateway.AdvanceAsync(TimeSpan.FromHours(0.2));
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Pushes(shop).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_linkage_that_has_no_access_any_more_When_it_repeats_a_send_Then_403_and_not_what_was_sent()
    {
        var (shop, module, alice) = await ShopAsync();
        var key = Guid.NewGuid();
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await shop.SetStateAsync(module, Tenancy.LinkageState.Paused);
        (await PushAsync(module, alice, key)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Task<HttpResponseMessage> PushAsync(LinkedDouble module, string to, Guid key) => module.RequestAsync(
        HttpMethod.Post, "/v2/bot/message/push", JsonContent.Create(new { to, messages = new[] { new { type = "text", text = "hello" } } }), ("X-Line-Retry-Key", key.ToString()));

    private int Pushes(Shop shop) => gateway.Line.Calls.Count(call => call.Path == "/v2/bot/message/push" && call.Bot == shop.Bot.ToString());

    private async Task<(Shop Shop, LinkedDouble Module, string Alice)> ShopAsync()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        await gateway.RouteAsync();
        return (shop, module, Shop.Seen(gateway, module, shop.User("alice")));
    }
}
