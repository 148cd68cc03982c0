using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModuleGateway.Journal;
using ModuleGateway.Store;
using ModuleGateway.Store.Sqlite;

namespace ModuleGateway.Tests.Journal;

public sealed class FullStoreTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new()
    {
        Differs = builder => builder.Services.AddSingleton<IGatewayStore>(provider => new UnsteadyStore(GatewayApp.OpenStore(provider))),
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_full_disk_When_LINE_sends_an_event_Then_it_hears_503_and_its_redelivery_is_taken_when_there_is_room_again()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var body = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(shop.Message("alice", "hello")) }.ToJsonString();
        var store = (UnsteadyStore)_gateway.Services.GetRequiredService<IGatewayStore>();
        store.IsFull = true;
        (await _gateway.PostWebhookAsync(body)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        store.IsFull = false;
        (await _gateway.PostWebhookAsync(body)).ShouldBe(HttpStatusCode.OK);
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("hello");
    }

    [Fact]
    public async Task Given_a_disk_that_stalls_When_LINE_sends_an_event_Then_it_hears_503_before_it_gives_up_and_the_event_is_delivered_once_all_the_same()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var message = shop.Message("alice", "slowly");
        var body = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(message) }.ToJsonString();
        var store = (UnsteadyStore)_gateway.Services.GetRequiredService<IGatewayStore>();
        var (stalled, goesOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        store.Written = () =>
        {
            stalled.TrySetResult();
            return goesOn.Task;
        };
        var answer = _gateway.PostWebhookAsync(body);
        await stalled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.6));
        (await answer.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(HttpStatusCode.ServiceUnavailable);

        store.Written = () => Task.CompletedTask;
        goesOn.SetResult();
        (await _gateway.PostWebhookAsync(body)).ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "the next");
        (await module.Module.NextAsync()).Events.ShouldHaveSingleItem()["message"]!["text"]!.GetValue<string>().ShouldBe("slowly");
        (await module.Module.NextAsync()).Events.ShouldHaveSingleItem()["message"]!["text"]!.GetValue<string>().ShouldBe("the next");
    }

    [Fact]
    public async Task Given_an_event_that_was_accepted_and_not_yet_routed_When_the_gateway_starts_again_Then_the_module_gets_it()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var body = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(shop.Message("alice", "hello")) }.ToJsonString();
        // Past the door that would wake the router: the process ends right behind the commit.
        var journal = _gateway.Services.GetRequiredService<EventJournal>();
        await journal.AcceptAsync(journal.Read(ChannelId.Parse(GatewayHost.ModuleChannelId, null), Encoding.UTF8.GetBytes(body), default, out _)!, CancellationToken.None);
        await _gateway.StopAsync();
        await _gateway.StartAsync();
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("hello");
    }
}
