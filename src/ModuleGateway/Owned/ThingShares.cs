using Line;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Owned;

/// <summary>LINE's caps per account, shared out: a module may have the cap divided by the modules of the account and one more.</summary>
/// <remarks>
/// One more, so that the next module that comes finds its share free. What a module made while there were fewer stays; it may only make no more.
/// Held against what is in the table: calls that are on their way at the same moment may pass together, LINE lets a hundred menus be made an hour.
/// Source: messaging API reference, "Rich menu", "Manage audience", "Unit-based statistics": 1000 of each.
/// </remarks>
internal static class ThingShares
{
    private const int CapPerAccount = 1000;

    /// <summary>How many each module of this bot may have.</summary>
    public static int Of(IGatewayTransaction tx, BotId bot) => CapPerAccount / (tx.Control.LinkagesOf(bot).Count(row => row.State != LinkageState.Ended) + 1);

    /// <summary>Whether LINE has a cap on it.</summary>
    public static bool IsCapped(ThingKind kind) => kind is ThingKind.RichMenu or ThingKind.RichMenuAlias or ThingKind.Audience or ThingKind.Unit;

    /// <summary>Since when it counts: units are counted by LINE's month, which is Japan's; all else as long as it is there.</summary>
    public static DateTimeOffset Since(ThingKind kind, DateTimeOffset now) => kind == ThingKind.Unit ? MonthOf(now) : DateTimeOffset.UnixEpoch;

    private static DateTimeOffset MonthOf(DateTimeOffset now)
    {
        var there = now.ToOffset(TimeSpan.FromHours(9));
        return new DateTimeOffset(there.Year, there.Month, 1, 0, 0, 0, there.Offset);
    }
}
