using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Attaching;
using ModuleGateway.Journal;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Routing;

/// <summary>A batch was routed, and the process that routed it does not know: its answer was lost, or another process was faster.</summary>
public sealed class LostRoutingTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new() { Differs = Unsteady };

    private UnsteadyStore Store => (UnsteadyStore)_gateway.Services.GetRequiredService<IGatewayStore>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_an_attach_that_was_routed_When_the_stores_answer_is_lost_Then_the_registry_shows_the_connection_all_the_same()
    {
        var shop = await _gateway.NewShopAsync(attached: false);
        var isLost = false;
        Store.Written = async () =>
        {
            if (!isLost && await Store.ReadAsync(tx => tx.Control.Account(shop.Bot)) is { Connection: ConnectionState.Attached })
            {
                isLost = true;
                throw new StoreUnavailableException("The answer was lost.") { IsUnknown = true };
            }
        };
        await shop.AttachAsync();
        await _gateway.Line.CalledAsync(call => call.Path == "/v2/bot/info" && call.Bot == shop.Bot.ToString());
        isLost.ShouldBeTrue();
        await _gateway.Services.GetRequiredService<ConnectionPublisher>().PublishAsync(Line.BotId.FromBits(1), CancellationToken.None); // In turn behind the one that asked LINE.
        (await ShownAsync(shop)).ShouldBe(ConnectionState.Attached);
    }

    [Fact]
    public async Task Given_an_event_that_this_process_cannot_route_When_another_one_has_routed_it_Then_it_is_not_set_aside()
    {
        var shop = await _gateway.NewShopAsync();
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var (faults, isOver) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Store.Written = async () =>
        {
            if (await Store.ReadAsync(tx => tx.Events.Find(tx.Events.LastSeq())) is not { Type: "message", State: not EventState.Accepted } routed)
                return;
            if (++faults <= 2)
                throw new EventFaultException(routed.Seq, new InvalidOperationException("here"));
            isOver.TrySetResult(); // The third write after it is the one that sets aside, or does not.
        };
        await shop.WriteAsync("alice", "hello");
        await isOver.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await Store.ReadAsync(tx => tx.Events.Find(tx.Events.LastSeq())))!.State.ShouldBe(EventState.Routed);
    }

    [Fact]
    public async Task Given_a_connection_whose_name_LINE_is_asked_for_When_another_process_hears_of_its_end_meanwhile_Then_the_registry_shows_the_end()
    {
        var shop = await _gateway.NewShopAsync(attached: false);
        var connections = _gateway.Services.GetRequiredService<Connections>();
        var channel = Line.ChannelId.Parse(GatewayHost.ModuleChannelId, null);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gateway.Line.AnswerLater = async call =>
        {
            if (call.Path != "/v2/bot/info" || call.Bot != shop.Bot.ToString())
                return;
            await Store.WriteAsync(tx => connections.Hear(tx, shop.Bot, channel, new ConnectionWord(ConnectionState.Detached, null)));
            ended.TrySetResult();
        };
        await shop.AttachAsync();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await _gateway.Services.GetRequiredService<ConnectionPublisher>().PublishAsync(Line.BotId.FromBits(1), CancellationToken.None);
        (await ShownAsync(shop)).ShouldBe(ConnectionState.Detached);
    }

    private static void Unsteady(WebApplicationBuilder builder) => builder.Services.AddSingleton<IGatewayStore>(
        provider => new UnsteadyStore(GatewayApp.OpenStore(provider)));

    private async Task<ConnectionState?> ShownAsync(Shop shop)
    {
        await using var scope = _gateway.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Tests play the portal.");
        return (await scope.ServiceProvider.GetRequiredService<RegistryDb>().Connections.AsNoTracking().SingleOrDefaultAsync(row => row.BotId == shop.Bot))?.State;
    }
}
