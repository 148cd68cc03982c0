using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;

namespace ModuleGateway.Tests.Facade;

/// <summary>A module asks for, sets and tries its own webhook URL.</summary>
public sealed class WebhookEndpointTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Endpoint = "/v2/bot/channel/webhook/endpoint";
    private const string Test = "/v2/bot/channel/webhook/test";

    [Fact]
    public async Task Given_a_module_that_sets_another_URL_When_events_come_Then_they_go_there_and_the_providers_next_word_in_the_portal_holds_again()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await using var moved = await ModuleDouble.StartAsync(module.Secret);
        (await UrlAsync(module)).ShouldBe(module.Module.Url);

        (await module.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = moved.Url })).Status.ShouldBe(HttpStatusCode.OK);
        (await UrlAsync(module)).ShouldBe(moved.Url);
        await shop.WriteAsync("alice", "hello");
        (await moved.NextAsync("message")).ShouldNotBeNull();
        module.Module.All.SelectMany(got => got.Events).ShouldNotContain(one => (string?)one["type"] == "message");

        // Another change of the module in the registry is no word on its URL.
        await gateway.WithRegistryAsync(db => db.Modules.Single(row => row.ChannelId == module.Channel).Name = "Another name");
        (await UrlAsync(module)).ShouldBe(moved.Url);

        await using var chosen = await ModuleDouble.StartAsync(module.Secret);
        await gateway.WithRegistryAsync(db => db.Modules.Single(row => row.ChannelId == module.Channel).WebhookUrl = chosen.Url);
        (await UrlAsync(module)).ShouldBe(chosen.Url);
    }

    [Fact]
    public async Task Given_a_URL_that_a_module_has_set_When_the_gateway_starts_again_Then_it_holds()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        (await module.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = "https://moved.example/webhook" })).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.StopAsync();
        await gateway.StartAsync();
        (await UrlAsync(module)).ShouldBe("https://moved.example/webhook");
    }

    [Fact]
    public async Task Given_a_module_that_sets_its_URL_When_another_asks_for_its_own_Then_it_is_still_its_own()
    {
        var shop = await gateway.NewShopAsync();
        var (module, other) = (await shop.LinkAsync(), await shop.LinkAsync());
        (await module.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = "https://moved.example/webhook" })).Status.ShouldBe(HttpStatusCode.OK);
        (await UrlAsync(other)).ShouldBe(other.Module.Url);
    }

    [Fact]
    public async Task Given_a_module_that_sets_its_URL_60_times_in_a_minute_When_it_sets_it_once_more_Then_429_and_others_set_theirs()
    {
        var shop = await gateway.NewShopAsync();
        var (module, other) = (await shop.LinkAsync(), await shop.LinkAsync());
        for (var i = 1; i <= 60; i++)
            (await module.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = $"https://moved.example/{i}" })).Status.ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = "https://moved.example/more" })).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await UrlAsync(module)).ShouldBe("https://moved.example/60");
        (await other.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = "https://other.example/" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"endpoint":"nothing"}""")]
    [InlineData("""{"endpoint":"ftp://example.com/"}""")]
    [InlineData("""{"endpoint":"https://user:secret@example.com/"}""")]
    [InlineData("""{"endpoint":7}""")]
    [InlineData("""{}""")]
    [InlineData("")]
    public async Task Given_what_is_no_webhook_URL_When_it_is_set_Then_400_in_LINEs_words(string body)
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        using var answer = await module.RequestAsync(HttpMethod.Put, Endpoint, new StringContent(body, null, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"message":"Invalid webhook endpoint URL"}""");
        (await UrlAsync(module)).ShouldBe(module.Module.Url);
    }

    [Theory]
    [InlineData("""{"endpoint":"\ud800"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Given_a_body_that_is_no_JSON_object_When_a_URL_is_set_Then_400(string body)
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        using var answer = await module.RequestAsync(HttpMethod.Put, Endpoint, new StringContent(body, null, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_a_URL_of_more_than_500_characters_When_it_is_set_Then_400()
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        (await module.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = "https://example.com/" + new string('a', 481) })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await module.CallAsync(HttpMethod.Put, Endpoint, new { endpoint = "https://example.com/" + new string('a', 480) })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_module_When_its_URL_is_tried_Then_it_gets_a_signed_request_without_events_and_the_answer_says_how_it_fared()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        var (status, body) = await module.CallAsync(HttpMethod.Post, Test, new { });
        status.ShouldBe(HttpStatusCode.OK);
        body!.ToJsonString().ShouldContain("\"success\":true");
        ((int)body["statusCode"]!).ShouldBe(200);
        ((string?)body["reason"]).ShouldBe("OK");
        DateTimeOffset.Parse((string)body["timestamp"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(gateway.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        var got = Tries(module).ShouldHaveSingleItem();
        got.SignatureIsValid.ShouldBeTrue();
        got.Body.ShouldBe($$"""{"destination":"{{shop.Bot}}","events":[]}""");

        (await module.CallAsync(HttpMethod.Post, Test, new { endpoint = (string?)null })).Status.ShouldBe(HttpStatusCode.OK);

        module.Module.Status = _ => 503;
        var (_, failed) = await module.CallAsync(HttpMethod.Post, Test, new { });
        failed!.ToJsonString().ShouldContain("\"success\":false");
        ((int)failed["statusCode"]!).ShouldBe(503);
        ((string?)failed["reason"]).ShouldBe("ERROR_STATUS_CODE");

        var (_, nobody) = await module.CallAsync(HttpMethod.Post, Test, new { endpoint = "http://127.0.0.1:1/webhook" });
        ((string?)nobody!["reason"]).ShouldBe("COULD_NOT_CONNECT");
        ((int)nobody["statusCode"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_module_that_tries_its_URL_again_and_again_When_it_did_so_60_times_within_an_hour_Then_429()
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        for (var i = 0; i < 60; i++)
            (await module.CallAsync(HttpMethod.Post, Test, new { })).Status.ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Post, Test, new { })).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        Tries(module).Count.ShouldBe(60);
    }

    [Fact]
    public async Task Given_a_bot_that_is_not_the_modules_When_it_tries_its_URL_for_it_Then_403()
    {
        var (shop, elsewhere) = (await gateway.NewShopAsync(), await gateway.NewShopAsync());
        var module = await shop.LinkAsync();
        (await module.CallAsync(HttpMethod.Post, Test, new { }, bot: elsewhere.Bot)).Status.ShouldBe(HttpStatusCode.Forbidden);
        Tries(module).ShouldBeEmpty();
    }

    private static List<Got> Tries(LinkedDouble module) => [.. module.Module.All.Where(got => got.Attempt == 0)];

    private static async Task<string?> UrlAsync(LinkedDouble module)
    {
        var (status, body) = await module.CallAsync(HttpMethod.Get, Endpoint);
        status.ShouldBe(HttpStatusCode.OK);
        ((bool)body!["active"]!).ShouldBeTrue();
        return (string?)body["endpoint"];
    }
}
