using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Journal;

/// <summary>A delivery as it is looked at afterwards.</summary>
/// <param name="LastAt">When its last attempt was recorded; null while there was none.</param>
/// <param name="LastSealedAnswer">How the answer to it began, sealed with the bot's key.</param>
internal sealed record DeliveryHistory(
    long Id, long EventSeq, LinkageId Linkage, ChatKey? Chat, bool IsActive, long Epoch, DeliveryState State, long? Replay, DateTimeOffset? NextAttemptAt,
    DateTimeOffset? LastAt, int LastStatus, string? LastError, int LastMillis, byte[]? LastSealedAnswer);

/// <summary>One attempt.</summary>
/// <param name="At">When its end was recorded.</param>
/// <param name="Status">HTTP status; 0 when there was none.</param>
/// <param name="Error">Why it failed, in LINE's words for it.</param>
internal sealed record AttemptRow(int Number, DateTimeOffset At, int Status, string? Error, int Millis, byte[]? SealedAnswer);

/// <summary>What became of events, for whoever asks afterwards. Reads only, and never more than a bounded number of rows.</summary>
internal interface IHistoryRows
{
    /// <summary>Events with this id: one, unless several bots or channels have it, or LINE used it twice.</summary>
    IReadOnlyList<EventRow> Events(string webhookEventId, int max);

    DeliveryHistory? Delivery(long id);

    /// <summary>What an event was owed to, oldest first; replays after it.</summary>
    IReadOnlyList<DeliveryHistory> Deliveries(long eventSeq, int max);

    /// <summary>A delivery's failures, in order.</summary>
    IReadOnlyList<AttemptRow> Failures(long delivery);

    /// <summary>Events of one chat that a linkage is still owed, or was tried with in this time, newest first.</summary>
    /// <param name="linkage">The receiver.</param>
    /// <param name="chat">The chat.</param>
    /// <param name="from">First instant of an attempt.</param>
    /// <param name="to">Not this instant any more.</param>
    /// <param name="lookMax">Deliveries of the linkage that are looked through, newest first.</param>
    /// <param name="max">Events at most.</param>
    IReadOnlyList<long> EventsOf(LinkageId linkage, ChatKey chat, DateTimeOffset from, DateTimeOffset to, int lookMax, int max);
}
