using System.Net;
using System.Text;
using System.Text.Json;
using Line;
using Line.Webhooks;
using Marketplace.Development;
using Marketplace.Hosting;
using Marketplace.Outside;
using Marketplace.Tests.Hosting;

namespace Marketplace.Tests.Development;

public sealed class DevModuleTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_no_instance_When_a_development_module_is_asked_for_Then_the_first_line_is_all_that_LINE_and_the_module_need()
    {
        using var limit = new CancellationTokenSource(Soon);
        await using var recorder = await WebhookRecorder.StartAsync(limit.Token);
        await using var market = MarketProcess.Start(_folder.Path, "dev-module", "--webhook", recorder.Url.ToString(), "--port-base", $"{Ports.FindBase()}");

        var access = JsonSerializer.Deserialize<DevelopmentAccess>(await market.LineAsync(""), JsonSerializerOptions.Web)!;
        using var waiting = new CancellationTokenSource(Soon);
        var sent = await SendAsLineAsync(access, "hello from a test");
        var (request, heard) = await recorder.NextAsync(seen => seen is MessageEvent { Message: TextContent { Text: "hello from a test" } }, waiting.Token);
        var bot = await Channel(access).GetBotInfoAsync(waiting.Token);
        var (code, _) = await market.StopAsync();

        sent.ShouldBe(HttpStatusCode.OK);
        new LineSignature(access.ChannelSecret).IsValid(request.Body.Span, request.Signature).ShouldBeTrue();
        heard.Mode.ShouldBe(ChannelMode.Active); // Nobody else answers on an account of its own.
        bot.Bot.ShouldBe(access.BotId);
        code.ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_running_instance_When_two_modules_are_asked_for_on_one_account_by_name_Then_both_hear_its_customers_under_different_ids()
    {
        await using var market = await Market.StartAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var http = new HttpClient();
        await using var first = await WebhookRecorder.StartAsync(limit.Token);
        await using var second = await WebhookRecorder.StartAsync(limit.Token);
        var setUp = new DevelopmentSetUp(http, market.Addresses, TimeProvider.System);

        var (one, _) = await setUp.MakeAsync(first.Url, "Two Voices", limit.Token);
        var (two, _) = await setUp.MakeAsync(second.Url, "Two Voices", limit.Token);
        await SendAsLineAsync(one, "who am I?");
        var (_, toFirst) = await first.NextAsync(seen => seen is MessageEvent, limit.Token);
        var (_, toSecond) = await second.NextAsync(seen => seen is MessageEvent, limit.Token);

        two.BotId.ShouldBe(one.BotId);
        two.ChannelId.ShouldNotBe(one.ChannelId);
        (toFirst.Mode, toSecond.Mode).ShouldBe((ChannelMode.Active, ChannelMode.Standby));
        toSecond.Source!.User.ShouldNotBe(toFirst.Source!.User);
    }

    [Fact]
    public async Task Given_rooms_of_one_host_When_an_hour_passes_on_the_phone_Then_it_has_passed_for_the_gateway_too_and_a_fresh_token_works()
    {
        await using var market = await Market.StartAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var http = new HttpClient();
        await using var recorder = await WebhookRecorder.StartAsync(limit.Token);
        var (access, _) = await new DevelopmentSetUp(http, market.Addresses, TimeProvider.System).MakeAsync(recorder.Url, null, limit.Token);
        (await Channel(access).GetBotInfoAsync(limit.Token)).Bot.ShouldBe(access.BotId);

        using var moved = await http.PostAsync(new Uri(market.Addresses.Sandbox, $"/phone/api/accounts/{access.BotId}/let-an-hour-pass"), null, limit.Token);
        moved.EnsureSuccessStatusCode();

        // A token of the gateway's lasts 15 minutes, and so does the one by which the gateway calls LINE: both clocks have moved.
        (await Should.ThrowAsync<LineApiException>(() => Channel(access).GetBotInfoAsync(limit.Token))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var fresh = await new ChannelTokenClient(http, LineEndpoints.At(market.Addresses.Gateway)).IssueStatelessAsync(ChannelId.Parse(access.ChannelId, null), access.ChannelSecret, limit.Token);
        (await Channel(access with { ChannelAccessToken = fresh.Value }).GetBotInfoAsync(limit.Token)).Bot.ShouldBe(access.BotId);
    }

    [Fact]
    public async Task Given_nothing_at_the_address_When_a_running_instance_is_named_Then_one_sentence_says_so()
    {
        var portal = Addresses.At(Ports.FindBase()).Portal;
        await using var command = MarketProcess.Start(_folder.Path, "dev-module", "--webhook", "http://127.0.0.1:9/webhook", "--url", portal.ToString());

        var (code, errors) = await command.EndAsync();

        (code, errors.TrimEnd()).ShouldBe((1, $"Nothing listens at {portal}: start an instance there first, or leave --url out and one is started."));
    }

    private static ChannelClient Channel(DevelopmentAccess access) => new LineClient(
        new HttpClient(), new FixedTokenSource(access.ChannelAccessToken), new() { Endpoints = LineEndpoints.At(new Uri(access.BaseUrl)) }).For(access.BotId).Channel;

    /// <summary>A customer's message, posted and signed as LINE would.</summary>
    private static async Task<HttpStatusCode> SendAsLineAsync(DevelopmentAccess access, string text)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            destination = access.BotId.ToString(),
            events = new[]
            {
                new
                {
                    type = "message", mode = "active", timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), webhookEventId = $"01TEST{Guid.NewGuid():N}"[..26].ToUpperInvariant(),
                    deliveryContext = new { isRedelivery = false }, replyToken = Guid.NewGuid().ToString("N"),
                    source = new { type = "user", userId = $"LUffeeddccbbaa99887766554433221100-{access.BotId}" },
                    message = new { id = "468789577898262530", type = "text", quoteToken = "q3Plxr4AgKd", text },
                },
            },
        });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, access.LineWebhookUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation(LineSignature.HeaderName, new LineSignature(access.LineChannelSecret).Create(body));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
