using Line;

namespace ModuleGateway.Upstream;

/// <summary>An Official Account's own Messaging API channel, lent to us by its owner: it speaks for this one bot.</summary>
/// <param name="SealedSecret">The channel secret, sealed.</param>
internal sealed record OwnChannelRow(ChannelId Id, BotId Bot, byte[] SealedSecret, DateTimeOffset AddedAt)
{
    /// <summary>The secret before the last change, sealed: LINE may still have signed with it until <see cref="PreviousUntil"/>.</summary>
    public byte[]? SealedPreviousSecret { get; init; }

    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>The webhook URL that ours took the place of; null when there was none. It is put back when the channel leaves.</summary>
    public string? EndpointBefore { get; init; }

    /// <summary>When LINE is to be told (again) that the channel leaves us; null while it stays.</summary>
    public DateTimeOffset? LeaveDueAt { get; init; }

    /// <summary>Tries of that which failed.</summary>
    public int LeaveAttempts { get; init; }
}

/// <summary>The channels that owners lent us. Each change raises the revision, by which every process knows that its picture is old.</summary>
internal interface IOwnChannelRows
{
    long Revision { get; }

    IReadOnlyList<OwnChannelRow> All();

    OwnChannelRow? Find(ChannelId id);

    void Put(OwnChannelRow channel);

    void Remove(ChannelId id);

    /// <summary>Channels that leave and of which LINE is to be told by now.</summary>
    IReadOnlyList<OwnChannelRow> LeavingDue(DateTimeOffset now, int max);
}
