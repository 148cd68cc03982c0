using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Journal;

internal enum DeliveryState : byte { Owed = 0, Delivered = 1, Cancelled = 2 }

/// <summary>What is delivered in order: one linkage's chat; without a chat, the linkage's events that have no source.</summary>
/// <param name="Replay">What a replay sends once more has lanes of its own, beside those of what comes in now; null: no replay.</param>
internal readonly record struct Lane(LinkageId Linkage, ChatKey? Chat, long? Replay = null);

/// <summary>An event owed to one linkage, before it has an id.</summary>
/// <param name="Chat">Its lane: null for an event without source, which waits for nobody.</param>
/// <param name="Epoch">The chat's epoch at this point of the order.</param>
internal sealed record NewDelivery(long EventSeq, LinkageId Linkage, ChatKey? Chat, Guid Request, bool IsActive, long Epoch)
{
    /// <summary>The replay that sends it once more; null: it is the first.</summary>
    public long? Replay { get; init; }
}

/// <summary>An event owed to one linkage.</summary>
/// <param name="Attempts">Tries whose failure is recorded.</param>
/// <param name="NextAttemptAt">Null: at once.</param>
internal sealed record DeliveryRow(long Id, long EventSeq, LinkageId Linkage, ChatKey? Chat, Guid Request, bool IsActive, long Epoch, int Attempts, DateTimeOffset? NextAttemptAt)
{
    /// <summary>The replay that it belongs to; null: none.</summary>
    public long? Replay { get; init; }
}

/// <summary>How one attempt ended.</summary>
/// <param name="Status">HTTP status; 0 when there was none.</param>
/// <param name="Error">Why there was none, in LINE's words for it; null otherwise.</param>
/// <param name="NextAttemptAt">Null when it is done.</param>
internal sealed record AttemptOutcome(long DeliveryId, DateTimeOffset At, int Status, string? Error, int Millis, bool Delivered, DateTimeOffset? NextAttemptAt)
{
    /// <summary>How the module's answer began, sealed with the bot's key; null: it was empty, or there was none.</summary>
    public byte[]? SealedAnswer { get; init; }
}

/// <summary>What a linkage's deliveries look like from outside.</summary>
internal sealed record DeliverySummary(LinkageId Linkage, long Owed, DateTimeOffset? LastAt, int LastStatus, string? LastError);

/// <summary>Deliveries: written with the event, outcomes afterwards.</summary>
internal interface IDeliveryRows
{
    /// <summary>Owes it. Within a lane ids grow in the order of commits.</summary>
    void Add(NewDelivery delivery);

    /// <summary>What is owed in one lane, in order.</summary>
    /// <param name="lane">Which.</param>
    /// <param name="afterId">Only deliveries with a greater id.</param>
    /// <param name="max">How many at most.</param>
    IReadOnlyList<DeliveryRow> Owed(Lane lane, long afterId, int max);

    /// <summary>The lanes that are owed something.</summary>
    IReadOnlyList<Lane> OwedLanes();

    long LastId();

    /// <summary>Lanes that this transaction added to; the store hands them on when it has committed, and starts anew.</summary>
    HashSet<Lane> Touched { get; }

    void Record(AttemptOutcome outcome);

    /// <summary>What an ended linkage was still owed will not come: cancels it and returns how many.</summary>
    int CancelOwed(LinkageId linkage);

    DeliverySummary Summary(LinkageId linkage);
}
