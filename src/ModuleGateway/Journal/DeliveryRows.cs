using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Journal;

internal enum DeliveryState : byte
{
    Owed = 0,
    Delivered = 1,
    Cancelled = 2,

    /// <summary>The event was found to be at fault: it waits for tries of its own, and its lane has gone on.</summary>
    Aside = 3,

    /// <summary>A dead letter: not tried any more, unless somebody has it replayed.</summary>
    Dead = 4,
}

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

    /// <summary>The first of the failures that go on until now; null: none has failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Waits of the retry list that are behind it, once it has stepped aside.</summary>
    public int AsideTries { get; init; }
}

/// <summary>How one attempt ended.</summary>
/// <param name="Status">HTTP status; 0 when there was none.</param>
/// <param name="Error">Why there was none, in LINE's words for it; null otherwise.</param>
/// <param name="State">What the delivery is afterwards.</param>
/// <param name="NextAttemptAt">Null when it is done.</param>
internal sealed record AttemptOutcome(long DeliveryId, DateTimeOffset At, int Status, string? Error, int Millis, DeliveryState State, DateTimeOffset? NextAttemptAt)
{
    public bool Delivered => State == DeliveryState.Delivered;

    /// <summary>The first of the failures that go on; null where there is none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <inheritdoc cref="DeliveryRow.AsideTries"/>
    public int AsideTries { get; init; }

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

    /// <summary>The lanes that are owed something, all at once: for a look at a small store.</summary>
    IReadOnlyList<Lane> OwedLanes();

    /// <summary>Linkages that are owed something, in lanes or aside, in the order of their ids.</summary>
    /// <param name="after">Only those with a greater id; null: from the first.</param>
    /// <param name="max">How many at most.</param>
    IReadOnlyList<LinkageId> OwedLinkages(LinkageId? after, int max);

    /// <summary>One linkage's lanes that are owed something, the lane without a chat last.</summary>
    /// <param name="linkage">Which.</param>
    /// <param name="replay">Lanes of this replay; null: of none.</param>
    /// <param name="after">Only those behind this one; null: from the first.</param>
    /// <param name="max">How many at most.</param>
    IReadOnlyList<Lane> OwedLanes(LinkageId linkage, long? replay, Lane? after, int max);

    /// <summary>The oldest replay of which this linkage is owed something; null: none.</summary>
    long? OwedReplay(LinkageId linkage);

    /// <summary>What stepped aside and is due by <paramref name="now"/>, the longest due first.</summary>
    IReadOnlyList<DeliveryRow> AsideDue(LinkageId linkage, DateTimeOffset now, int max);

    /// <summary>When the next of what stepped aside is due; null: nothing stands aside.</summary>
    DateTimeOffset? NextAsideAt(LinkageId linkage);

    /// <summary>A delivery that stands aside; null when it does no longer.</summary>
    DeliveryRow? Aside(long id);

    /// <summary>Makes dead letters of what a linkage is owed, in lanes or aside.</summary>
    /// <param name="linkage">Whose.</param>
    /// <param name="max">How many at most.</param>
    /// <returns>How many; fewer than <paramref name="max"/> when nothing is left.</returns>
    int Bury(LinkageId linkage, int max);

    long LastId();

    /// <summary>Lanes that this transaction added to; the store hands them on when it has committed, and starts anew.</summary>
    HashSet<Lane> Touched { get; }

    void Record(AttemptOutcome outcome);

    /// <summary>What an ended linkage was still owed will not come: cancels it and returns how many.</summary>
    int CancelOwed(LinkageId linkage);

    /// <summary>What is still owed of an event whose content is gone will not come; returns how many.</summary>
    int CancelOwed(long eventSeq);

    DeliverySummary Summary(LinkageId linkage);
}
