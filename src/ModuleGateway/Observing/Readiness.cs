using Microsoft.Extensions.Options;
using ModuleGateway.Delivery;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Observing;

/// <summary>Whether this gateway can take webhooks, and what is not as it should be.</summary>
/// <remarks>
/// Only a store that does not keep what it is given makes a gateway unready: then it can but answer 503. Whatever else is wrong would not be better if
/// nobody took LINE's webhooks, for LINE may not send them again. Asked by anybody, so it looks once a second at most.
/// </remarks>
internal sealed class Readiness(
    IGatewayStore store, RegistryFollower follower, DeliveryEngine engine, IOptions<UpstreamOptions> upstream, StoreClock clock) : IDisposable
{
    private static readonly TimeSpan StoreWithin = TimeSpan.FromSeconds(1.5); // As long as a webhook may wait for it.
    private static readonly TimeSpan RoutedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FollowedWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyList<ReadinessCheck>? _last;
    private DateTimeOffset _lookedAt;

    public async Task<IReadOnlyList<ReadinessCheck>> CheckAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } recent && clock.GetUtcNow() - _lookedAt < LookPause)
                return recent;

            _last = [await StoreAsync(), await RoutingAsync(), Delivery(), .. upstream.Value.Channels.Select(Redelivery), Registry()];
            _lookedAt = clock.GetUtcNow();
            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ReadinessCheck> StoreAsync()
    {
        try
        {
            await store.WriteAsync(
                tx =>
                {
                    tx.Backlogs.Probe();
                    return true;
                }).WaitAsync(StoreWithin, clock);
            return new ReadinessCheck("store", ReadinessCheck.Ok, "The store keeps what it is given.");
        }
        catch (Exception error) when (error is StoreUnavailableException or TimeoutException)
        {
            return new ReadinessCheck(
                "store", ReadinessCheck.Failing, $"The store keeps nothing ({(error is TimeoutException ? $"no answer within {StoreWithin.TotalSeconds} s" : "refused")}), so webhooks get 503: see that the disk has room and the database runs.");
        }
    }

    private async Task<ReadinessCheck> RoutingAsync()
    {
        try
        {
            var waited = await store.ReadAsync(tx => tx.Now - tx.Backlogs.OldestUnrouted()).WaitAsync(StoreWithin, clock);
            return waited > RoutedWithin
                ? new ReadinessCheck("routing", ReadinessCheck.Warning, $"An event has waited {(long)waited.Value.TotalSeconds} s to be routed: see what the log says of routing, and whether one account sends far more than all others.")
                : new ReadinessCheck("routing", ReadinessCheck.Ok, "Routing keeps up.");
        }
        catch (Exception error) when (error is StoreUnavailableException or TimeoutException)
        {
            return new ReadinessCheck("routing", ReadinessCheck.Warning, "What waits to be routed could not be read: see the store.");
        }
    }

    private ReadinessCheck Delivery() => engine.Delivers
        ? new ReadinessCheck("delivery", ReadinessCheck.Ok, "This process delivers.")
        : new ReadinessCheck("delivery", ReadinessCheck.Ok, "This process stands in line to deliver: another one has the role, or it is just being taken.");

    private static ReadinessCheck Redelivery(UpstreamChannelOptions channel, int index) => channel.RedeliveryIsOn switch
    {
        true => new ReadinessCheck("redelivery", ReadinessCheck.Ok, $"LINE sends channel {channel.ChannelId}'s webhooks again, as its operator says."),
        false => new ReadinessCheck(
            "redelivery", ReadinessCheck.Warning, $"LINE does not send channel {channel.ChannelId}'s webhooks again: what is refused with 503 is lost. Turn redelivery on in LINE's console and set Upstream:Channels:{index}:RedeliveryIsOn to true."),
        null => new ReadinessCheck(
            "redelivery", ReadinessCheck.Warning, $"Whether LINE sends channel {channel.ChannelId}'s webhooks again is not known, for LINE has no call that says so: look in LINE's console, turn redelivery on, and set Upstream:Channels:{index}:RedeliveryIsOn."),
    };

    private ReadinessCheck Registry()
    {
        var since = clock.GetUtcNow() - follower.FollowedAt;
        return since <= FollowedWithin
            ? new ReadinessCheck("registry", ReadinessCheck.Ok, "The registry is followed.")
            : new ReadinessCheck("registry", ReadinessCheck.Warning, $"The registry was followed {(long)since.TotalSeconds} s ago for the last time; what was known then goes on holding. See that its database runs.");
    }
}
