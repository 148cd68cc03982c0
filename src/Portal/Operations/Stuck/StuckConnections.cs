using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Stuck;

/// <summary>Accounts that are connected and that no order has claimed, and accounts with modules whose connection is gone.</summary>
internal sealed class StuckConnections(PortalDb db, TimeProvider clock) : IStuckSource
{
    /// <summary>An order takes up what it connected within the hour, or detaches it.</summary>
    private static readonly TimeSpan UnclaimedFor = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<StuckItem>?> FindAsync(int max, CancellationToken cancellationToken)
    {
        var old = clock.GetUtcNow() - UnclaimedFor;
        var unclaimed = await db.Connections.AsNoTracking()
            .Where(row => row.State == ConnectionState.Attached && row.AttachedAt < old && !db.OfficialAccounts.Any(account => account.BotId == row.BotId))
            .OrderBy(row => row.AttachedAt).Take(max).ToListAsync(cancellationToken);
        var lost = await db.Connections.AsNoTracking()
            .Where(row => row.State != ConnectionState.Attached && db.Linkages.Any(linkage => linkage.BotId == row.BotId && linkage.State != LinkageState.Ended))
            .OrderBy(row => row.AttachedAt).Take(max).ToListAsync(cancellationToken);
        return
        [
            .. unclaimed.Select(row => new StuckItem("Unclaimed", row.DisplayName ?? row.BotId.ToString(), row.BotId.ToString(), row.AttachedAt, null)),
            .. lost.Select(row => new StuckItem("Disconnected", row.DisplayName ?? row.BotId.ToString(), row.BotId.ToString(), row.AttachedAt, $"/operations/events?bot={row.BotId}")),
        ];
    }
}
