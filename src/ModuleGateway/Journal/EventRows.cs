using System.Diagnostics;
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

    /// <summary>Null for a notice of the gateway's own.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>Of an event that is about a message: the message's number, by which it is found again.</summary>
    public long? Message { get; init; }
}

/// <summary>A stored event.</summary>
/// <param name="Seq">Its place in the order of acceptance.</param>
/// <param name="LastReceivedAt">The latest receipt from LINE: a redelivery renews it, and with it the reply token's time.</param>
internal sealed record EventRow(long Seq, ChannelId? Channel, BotId Bot, string? WebhookEventId, string Type, Guid Request, DateTimeOffset ReceivedAt, DateTimeOffset LastReceivedAt, byte[] SealedBody, EventState State)
{
    /// <summary>Of its first receipt; null for a notice of the gateway's own.</summary>
    public Receipt? Receipt { get; init; }

    /// <inheritdoc cref="NewEvent.Message"/>
    public long? Message { get; init; }

    /// <summary>What it said is gone, because the customer took it back or was erased. That it came is still known: LINE's redelivery is no new event.</summary>
    public bool IsBlank => SealedBody.Length == 0;
}

/// <summary>With which of its channel's secrets a request was signed.</summary>
internal enum SigningSecret : byte { Current = 0, Previous = 1 }

/// <summary>How a request came in.</summary>
/// <param name="SignedBy">Which secret its signature was made with.</param>
/// <param name="Trace">The trace that its receipt belongs to; null when nobody traces.</param>
internal readonly record struct Receipt(SigningSecret SignedBy, ActivityContext? Trace = null);

/// <summary>One more receipt of an event that was stored before.</summary>
internal sealed record ReceiptRow(DateTimeOffset At, SigningSecret SignedBy);

/// <summary>The journal: every event once, in order of acceptance.</summary>
internal interface IEventRows
{
    /// <summary>LINE sends again a few times; who has got hold of a signed request could send it for ever.</summary>
    const int ReceiptsMax = 20;

    /// <returns>The event's place in the order.</returns>
    long Append(NewEvent @event);

    /// <summary>Appends an event that is nearly always new. False, and nothing appended: one with its channel, bot, id and variant is there.</summary>
    bool TryAppend(NewEvent @event);

    /// <summary>The stored events with this id, oldest first: one, unless LINE used an id twice.</summary>
    IReadOnlyList<EventRow> WithId(ChannelId channel, BotId bot, string webhookEventId);

    /// <summary>It came again. Of one event the first <see cref="ReceiptsMax"/> of these receipts are kept one by one.</summary>
    void Renew(long seq, DateTimeOffset receivedAt, SigningSecret signedBy);

    /// <summary>Receipts after the first, oldest first.</summary>
    IReadOnlyList<ReceiptRow> Receipts(long seq);

    EventRow? Find(long seq);

    /// <summary>Events that wait to be routed and deliveries that are owed, counted one by one.</summary>
    long CountUndelivered();

    /// <summary>The place of the oldest event; 1 when there is none.</summary>
    long FirstSeq();

    /// <summary>The place of the newest event; 0 when there is none. Places are never used again.</summary>
    long LastSeq();

    /// <summary>Events to route now, of each bot in the order of acceptance. Empty when none waits; fewer than <paramref name="max"/> says nothing. More: what LINE sent in one request is not parted.</summary>
    IReadOnlyList<EventRow> Accepted(int max);

    /// <param name="row">An event that waited to be routed.</param>
    /// <param name="state">What became of it.</param>
    void Mark(EventRow row, EventState state);

    /// <summary>The bot's events about messages with this number, in the order of acceptance. Two messages may share a number.</summary>
    IReadOnlyList<EventRow> AboutMessage(BotId bot, long message);

    /// <summary>Takes away what an event says, and what modules answered to it.</summary>
    void Blank(long seq);

    /// <summary>What could not be routed, newest first.</summary>
    IReadOnlyList<EventRow> Unroutable(int max);

    /// <summary>Gives events of a bot that was not connected when they came back to routing; returns how many.</summary>
    int Reopen(BotId bot, ChannelId channel, DateTimeOffset receivedSince);
}
