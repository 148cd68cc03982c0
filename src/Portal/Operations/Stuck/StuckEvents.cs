using Portal.Gateway;

namespace Portal.Operations.Stuck;

/// <summary>Events that reached no module, as the gateway knows them.</summary>
internal sealed class StuckEvents(GatewayClient gateway) : IStuckSource
{
    public async Task<IReadOnlyList<StuckItem>?> FindAsync(int max, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await gateway.UnroutableAsync(max, cancellationToken)).Select(row => new StuckItem("Event", $"{row.Type} · {row.BotId}", row.Reason, row.ReceivedAt, $"/operations/events?bot={row.BotId}"))];
        }
        catch (GatewayUnavailableException)
        {
            return null;
        }
    }
}
