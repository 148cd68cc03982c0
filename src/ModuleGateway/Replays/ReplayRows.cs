using Line;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Replays;

internal enum ReplayState : byte
{
    /// <summary>It still looks for what it is to send.</summary>
    Running = 0,

    /// <summary>All that it found is written; some of it may still be on its way.</summary>
    Queued = 1,

    Cancelled = 2,
}

/// <summary>Which deliveries a replay sends once more. What is not given does not matter; something is.</summary>
/// <param name="Chat">A chat of <paramref name="Bot"/>.</param>
/// <param name="From">Events received at this instant or later.</param>
/// <param name="To">Events received before it.</param>
/// <param name="OnlyDead">Dead letters alone; otherwise what was delivered too. What is still owed comes anyway, and is left out.</param>
internal sealed record ReplayChoice(BotId? Bot, ChatKey? Chat, LinkageId? Linkage, ModuleId? Module, string? WebhookEventId, DateTimeOffset? From, DateTimeOffset? To, bool OnlyDead);

/// <summary>A replay that somebody asked for.</summary>
/// <param name="Request">The asker's own id: asking twice is asking once.</param>
/// <param name="AfterDelivery">Deliveries up to this one have been looked at.</param>
/// <param name="LastDelivery">The newest delivery when it was asked for: what came later is none of its business.</param>
/// <param name="Found">How many it sends, as far as is known.</param>
internal sealed record ReplayRow(
    long Id, Guid Request, DateTimeOffset AskedAt, ReplayChoice Choice, long AfterDelivery, long LastDelivery, long Found, ReplayState State, DateTimeOffset NextStepAt, DateTimeOffset? EndedAt);

/// <summary>A delivery that a replay repeats.</summary>
internal sealed record Repeated(long Id, long EventSeq, LinkageId Linkage, ChatKey? Chat, Guid Request, bool IsActive, long Epoch);

internal interface IReplayRows
{
    ReplayRow? Find(Guid request);

    IReadOnlyList<ReplayRow> Recent(int max);

    /// <summary>Replays that still look for what to send.</summary>
    IReadOnlyList<ReplayRow> Running();

    void Add(Guid request, ReplayChoice choice, DateTimeOffset askedAt, long lastDelivery);

    /// <summary>The next deliveries to repeat, in their order.</summary>
    /// <param name="replay">Whose.</param>
    /// <param name="after">Only deliveries with a greater id.</param>
    /// <param name="upTo">None with a greater one.</param>
    /// <param name="max">How many at most.</param>
    IReadOnlyList<Repeated> Next(ReplayRow replay, long after, long upTo, int max);

    /// <summary>Takes a step. False when another process took it, or the replay was cancelled: then nothing of it may be written.</summary>
    bool Step(ReplayRow before, ReplayRow after);

    /// <summary>False when it had ended before.</summary>
    bool Cancel(long id, DateTimeOffset at);

    /// <summary>What is still owed of it will not come; returns how much.</summary>
    int CancelOwed(long id);

    /// <summary>How many of its deliveries are in each state.</summary>
    IReadOnlyDictionary<DeliveryState, long> Counts(long id);
}
