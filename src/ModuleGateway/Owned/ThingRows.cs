using Line;
using Tenancy;

namespace ModuleGateway.Owned;

/// <summary>What LINE keeps per channel, and several modules share a channel.</summary>
internal enum ThingKind : byte
{
    RichMenu = 1,
    RichMenuAlias = 2,
    Audience = 3,
    Coupon = 4,

    /// <summary>The request of a broadcast or narrowcast: its progress, its statistics, the audiences made of it.</summary>
    Sending = 5,

    /// <summary>The request of a rich menu batch.</summary>
    Batch = 6,

    /// <summary>An aggregation unit that was sent with: counted by the month.</summary>
    Unit = 7,
}

/// <summary>A thing at LINE.</summary>
/// <param name="Channel">The channel of ours that made it: another channel of the same account has others.</param>
/// <param name="Id">LINE's: of an alias or unit LINE's name, not the module's.</param>
internal readonly record struct ThingKey(ChannelId Channel, BotId Bot, ThingKind Kind, string Id);

/// <summary>Whose thing it is.</summary>
/// <param name="At">When it was made; of a unit when it was last sent with.</param>
internal sealed record ThingRow(ThingKey Key, LinkageId Linkage, DateTimeOffset At);

/// <summary>The one table that says whose everything is that modules made at LINE. What is not in it does not exist for them.</summary>
internal interface IThingRows
{
    ThingRow? Find(ThingKey key);

    void Put(ThingRow thing);

    void Remove(ThingKey key);

    /// <summary>A linkage's things of one kind made (or last used) since then, oldest first.</summary>
    IReadOnlyList<ThingRow> Of(LinkageId linkage, ChannelId channel, ThingKind kind, DateTimeOffset since, int max);

    long Count(LinkageId linkage, ChannelId channel, ThingKind kind, DateTimeOffset since);

    /// <summary>Removes up to <paramref name="max"/> things of a kind that are older; returns how many.</summary>
    int RemoveOlder(ThingKind kind, DateTimeOffset than, int max);

    /// <summary>What a linkage that has ended has at LINE is to be taken away by then; null: it stays, the linkage has begun again.</summary>
    void LeaveAt(LinkageId linkage, DateTimeOffset? due);

    /// <summary>This thing's next try.</summary>
    void LeaveAt(ThingKey key, DateTimeOffset due);

    /// <summary>One thing of each bot that is due to leave, the one that has waited longest.</summary>
    IReadOnlyList<ThingRow> LeavingDue(DateTimeOffset now, int max);
}
