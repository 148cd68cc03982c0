using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Line;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Attaching;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>What goes wrong between LINE's yes and ours. LINE takes a code once, so the first exchange must count.</summary>
public sealed class AttachFaultTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new()
    {
        Differs = builder => builder.Configuration.AddInMemoryCollection([new("Upstream:Timeout", "00:00:02")]),
    };

    private readonly BotId _bot = BotId.FromBits((UInt128)Random.Shared.NextInt64() + 1);
    private readonly Guid _id = Guid.NewGuid();

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        _gateway.Line.TokenAnswer = _ => _gateway.Line.TokenForms.Count == 1 ? (200, $$"""{"bot_id":"{{_bot}}","scopes":["message:send","message:receive"]}""") : null;
    }

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_code_When_LINE_does_not_answer_in_time_Then_the_owner_comes_back_and_the_portal_reads_why()
    {
        var state = await StartAsync();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Line.TokenAnswerLater = () => end.Task;
        (await CallbackAsync(state)).ShouldBe(HttpStatusCode.Redirect);
        end.SetResult();
        ((string?)(await ShownAsync())["state"]).ShouldBe("pending"); // LINE's webhook may still tell that it attached.
        _gateway.Clock.Advance(TimeSpan.FromMinutes(3));
        var shown = await ShownAsync();
        ((string?)shown["state"]).ShouldBe("failed");
        ((string?)shown["error"]).ShouldBe("unreachable");
    }

    [Fact]
    public async Task Given_an_exchange_on_its_way_When_the_browser_leaves_and_comes_again_Then_the_account_is_attached()
    {
        var state = await StartAsync();
        var (asked, answer) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _gateway.Line.TokenAnswerLater = () =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
        using var leaving = new CancellationTokenSource();
        var first = CallbackAsync(state, leaving.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);

        var second = CallbackAsync(state);
        answer.SetResult();
        (await second).ShouldBe(HttpStatusCode.Redirect);
        ((string?)(await ShownAsync())["state"]).ShouldBe("attached");
        _gateway.Line.TokenForms.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_connection_that_nobody_published_When_the_callback_and_LINEs_webhook_publish_it_at_once_Then_both_succeed()
    {
        var connections = _gateway.Services.GetRequiredService<Connections>();
        await _gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
            connections.Hear(tx, _bot, ChannelId.Parse(GatewayHost.ModuleChannelId, null), new ConnectionWord(ConnectionState.Attached, null) { Scopes = ["message:send"] }));
        var publisher = _gateway.Services.GetRequiredService<ConnectionPublisher>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => publisher.PublishAsync(_bot, CancellationToken.None))));
    }

    [Fact]
    public async Task Given_an_attached_account_When_LINE_is_slow_to_say_its_name_Then_the_connection_is_published_without()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Line.AnswerLater = call => call.Path == "/v2/bot/info" ? end.Task : Task.CompletedTask;
        (await CallbackAsync(await StartAsync())).ShouldBe(HttpStatusCode.Redirect);
        end.SetResult();
        var shown = await ShownAsync();
        ((string?)shown["state"]).ShouldBe("attached");
        ((string?)shown["displayName"]).ShouldBe(_bot.ToString());
    }

    [Fact]
    public async Task Given_a_consent_that_took_more_than_an_hour_When_the_owner_comes_back_Then_nothing_is_exchanged()
    {
        var state = await StartAsync();
        _gateway.Clock.Advance(TimeSpan.FromMinutes(61));
        (await CallbackAsync(state)).ShouldBe(HttpStatusCode.Redirect);
        ((string?)(await ShownAsync())["error"]).ShouldBe("expired");
        _gateway.Line.TokenForms.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_LINEs_word_alone_When_an_account_is_attached_Then_the_registry_is_told()
    {
        var shop = await _gateway.NewShopAsync(attached: true);
        await _gateway.Line.CalledAsync(call => call.Path == "/v2/bot/info" && call.Bot == shop.Bot.ToString()); // Asked for the registry's row alone.
    }

    [Fact]
    public async Task Given_an_account_that_a_crash_left_unpublished_When_the_gateway_starts_Then_the_registry_is_told()
    {
        var connections = _gateway.Services.GetRequiredService<Connections>();
        await _gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
            connections.Hear(tx, _bot, ChannelId.Parse(GatewayHost.ModuleChannelId, null), new ConnectionWord(ConnectionState.Attached, null) { Scopes = ["message:send"] }));
        await _gateway.StopAsync();
        await _gateway.StartAsync();
        await _gateway.Line.CalledAsync(call => call.Path == "/v2/bot/info" && call.Bot == _bot.ToString());
    }

    private async Task<string> StartAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/management/attach-requests") { Content = JsonContent.Create(new { id = _id, scopes = Scopes.Base, returnUrl = "http://127.0.0.1:5080/back" }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {GatewayHost.ManagementKey}");
        using var answer = await _gateway.Http.SendAsync(request);
        var url = new Uri((string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["authorizeUrl"]!);
        return HttpUtility.ParseQueryString(url.Query)["state"]!;
    }

    private Task<JsonNode> ShownAsync() => _gateway.ManageAsync($"/management/attach-requests/{_id}");

    private async Task<HttpStatusCode> CallbackAsync(string state, CancellationToken cancellationToken = default)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = _gateway.Http.BaseAddress };
        using var answer = await browser.GetAsync($"/attach/callback?code=abc&state={state}", cancellationToken);
        return answer.StatusCode;
    }
}
