using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace ModuleGateway.Tests.Observing;

/// <summary>Metrics and traces go to a collector, from a webhook to the module's answer, and nothing of anybody's goes with them.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Words = "words that only two people know";
    private const string AnswerWords = "words of the module's own";

    private readonly GatewayHost _gateway = new();
    private Collector _collector = null!;

    public async Task InitializeAsync()
    {
        _collector = await Collector.StartAsync();
        await _gateway.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_collector_When_a_story_has_passed_Then_it_has_metrics_and_one_trace_to_the_modules_answer_and_neither_it_nor_the_log_has_anything_of_anybody()
    {
        await CollectAsync();
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = got => got.Attempt == 1 && got.Body.Contains("again") ? 500 : 200;
        module.Module.Answer = _ => AnswerWords;
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", Words, replyToken: "11112222333344445555666677778888", id: id));
        var got = await module.Module.NextAsync();
        var event0 = got.Events[0];
        var (seen, token) = ((string)event0["source"]!["userId"]!, (string)event0["replyToken"]!);
        (await module.ReplyAsync(token, Words)).Status.ShouldBe(HttpStatusCode.OK);
        (await module.PushAsync(seen, Words)).Status.ShouldBe(HttpStatusCode.OK);
        (await module.AcquireAsync(seen)).Status.ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Post, "/v2/bot/message/multicast", new { to = new[] { seen } }, token: "not a token")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _gateway.PostWebhookAsync($$"""{"destination":"{{shop.Bot}}","events":[]}""", signature: "forged")).ShouldBe(HttpStatusCode.Unauthorized);
        await shop.WriteAsync("bob", "again");
        await module.Module.NextAsync("message");
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await module.Module.NextAsync("message");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var told = (await _gateway.ManageAsync($"/management/events/{id}"))["events"]![0]!;
        var moduleId = (string)told["deliveries"]![0]!["moduleId"]!;
        var accessToken = await module.TokenAsync();
        await _gateway.StopAsync();

        var traceId = (string)told["traceId"]!;
        got.Headers["traceparent"].ShouldStartWith($"00-{traceId}-");
        _collector.Has("traces", Convert.FromHexString(traceId)).ShouldBeTrue();
        _collector.Has("traces", Convert.FromHexString(got.Headers["traceparent"].Split('-')[2])).ShouldBeTrue("the span of the delivery is not there");
        foreach (var word in new[] { "webhook", "deliver", moduleId, "bad_signature", "error_status_code" })
            _collector.Has("traces", word).ShouldBeTrue(word);
        string[] metrics =
        [
            "gateway.webhook.requests", "gateway.webhook.duration", "gateway.webhook.events", "gateway.events.routed", "gateway.delivery.attempts", "gateway.delivery.attempt.duration",
            "gateway.control.moves", "gateway.facade.calls", "gateway.lag", "gateway.backlog", "gateway.undelivered", "gateway.store.waiting", "gateway.delivery.in_flight", "gateway.delivery.lanes", "gateway.delivery.connections", "POST /v2/bot/message/multicast",
            "bad_signature", "POST /v2/bot/message/push",
        ];
        foreach (var word in metrics)
            _collector.Has("metrics", word).ShouldBeTrue(word);

        string[] secrets =
        [
            Words, AnswerWords, shop.User("alice"), shop.User("alice")[1..34], seen, seen[1..34], token, accessToken, "11112222333344445555666677778888", module.Secret,
            GatewayHost.ModuleChannelSecret, GatewayHost.ManagementKey, id,
        ];
        foreach (var secret in secrets)
        {
            _gateway.Log.Lines.ShouldNotContain(line => line.Contains(secret), secret);
            (_collector.Has("traces", secret) || _collector.Has("metrics", secret)).ShouldBeFalse(secret);
        }

        await _gateway.StartAsync();
    }

    [Fact]
    public async Task Given_a_strangers_trace_header_When_a_webhook_comes_with_it_Then_the_trace_is_our_own()
    {
        await CollectAsync();
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        _gateway.Http.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        await shop.WriteAsync("alice", "hello");
        (await module.Module.NextAsync()).Headers["traceparent"].ShouldNotContain("0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task Given_no_collector_When_an_event_is_delivered_Then_there_is_no_trace_of_it()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "hello", id: id));
        (await module.Module.NextAsync()).Headers.Keys.ShouldNotContain("traceparent");
        (await _gateway.ManageAsync($"/management/events/{id}"))["events"]![0]!["traceId"].ShouldBeNull();
    }

    private async Task CollectAsync()
    {
        await _gateway.StopAsync();
        _gateway.Differs = builder => builder.Configuration.AddInMemoryCollection([new("Telemetry:OtlpEndpoint", _collector.Url), new("Telemetry:TracedPart", "1")]);
        await _gateway.StartAsync();
    }
}
