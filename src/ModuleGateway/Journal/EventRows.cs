using Line;

namespace ModuleGateway.Journal;

internal enum EventState : byte
{
    Accepted = 0,
    Routed = 1,
    NotConnected = 2,
    ForeignChannel = 3,

    /// <summary>Routing it failed each time: kept for the operator, so that it holds up nobody else.</summary>
    SetAside = 4,
}

/// <summary>An event as it came, before it has a place.</summary>
/// <param name="Channel">The channel that signed it; null for a notice of the gateway's own.</param>
/// <param name="Request">Joins the events of one LINE request; a notice travels alone.</param>
/// <param name="SealedBody">The event's bytes, encrypted with its bot's key.</param>
internal sealed record NewEvent(ChannelId? Channel, BotId Bot, string? WebhookEventId, string Type, Guid Request, DateTimeOffset ReceivedAt, byte[] SealedBody)
{
    /// <summary>0 for the first event with this id; more where the same id came with other bytes.</summary>
    public int Variant { get; init; }

    public EventState State { get; init; } = EventState.Accepted;
}

/// <summary>A stored event.</summary>
/// <param name="Seq">Its place in the order of acceptance.</param>
/// <param name="LastReceivedAt">The latest receipt from LINE: a redelivery renews it, and with it the reply token's time.</param>
internal sealed record EventRow(long Seq, ChannelId? Channel, BotId Bot, string? WebhookEventId, string Type, Guid Request, DateTimeOffset ReceivedAt, DateTimeOffset LastReceivedAt, byte[] SealedBody, EventState State);

/// <summary>The journal: every event once, in order of acceptance.</summary>
internal interface IEventRows
{
    /// <returns>The event's place in the order.</returns>
    long Append(NewEvent @event);

    /// <summary>The stored events with this id, oldest first: one, unless LINE used an id twice.</summary>
    IReadOnlyList<EventRow> WithId(ChannelId channel, BotId bot, string webhookEventId);

    void Renew(long seq, DateTimeOffset receivedAt);

    EventRow? Find(long seq);

    /// <summary>The place of the newest event; 0 when there is none. Places are never used again.</summary>
    long LastSeq();

    /// <summary>Events to route now, of each bot in the order of acceptance. Empty when none waits; fewer than <paramref name="max"/> says nothing.</summary>
    IReadOnlyList<EventRow> Accepted(int max);

    void Mark(long seq, EventState state);

    /// <summary>What could not be routed, newest first.</summary>
    IReadOnlyList<EventRow> Unroutable(int max);

    /// <summary>Gives events of a bot that was not connected when they came back to routing; returns how many.</summary>
    int Reopen(BotId bot, ChannelId channel, DateTimeOffset receivedSince);
}
