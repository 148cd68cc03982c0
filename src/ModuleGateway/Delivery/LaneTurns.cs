using Microsoft.Extensions.Options;
using ModuleGateway.Journal;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Delivery;

/// <summary>One turn of a lane: reads what it owes next, tries it, says how that ended.</summary>
internal sealed partial class LaneTurns(
    IGatewayStore store, GatewayState state, DeliveryComposer composer, ModuleSender sender, OutcomeWriter outcomes, EndpointCircuits circuits, IOptions<DeliveryOptions> options, ILogger<LaneTurns> log)
{
    private const int BatchMax = 64; // Events of one request in one turn; more come with the next.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    /// <summary>Called with each attempt: to whom, what, how it ended, and the body that was sent.</summary>
    public Action<LinkedModule, IReadOnlyList<Owed>, Attempt, byte[]>? Attempted { get; set; }

    /// <summary>Completes when the turn is over and its lane has its place again. Never fails.</summary>
    public async Task TakeAsync(DeliveryTerm term, LaneState lane)
    {
        if (lane.Aside is { } ids)
        {
            await TakeAsideAsync(term, lane, ids);
            return;
        }

        Turn turn;
        try
        {
            turn = await TurnAsync(term, lane);
        }
        catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
        {
            return; // The process ends, or another delivers now; what is owed is in the store.
        }
        catch (Exception error) // The worker loop: one lane's bug must not stop its module's others.
        {
            Log.LaneFailed(log, error, lane.Lane.Linkage.Value);
            turn = Turn.After(AfterFault);
        }

        if (turn.Wait is { } wait ? !term.Lanes.EndTurn(lane, wait) : !term.Lanes.EndTurn(lane, turn.End))
            await LeaveAsync(term, lane, hasMore: turn.Wait is not null || turn.End == TurnEnd.Next);
    }

    private async Task LeaveAsync(DeliveryTerm term, LaneState lane, bool hasMore)
    {
        try
        {
            await lane.Recorded;
        }
        catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) // What it knows is not in the store: it begins again from what the store has, and knows what it has tried.
        {
            Log.LaneFailed(log, error, lane.Lane.Linkage.Value);
            (lane.Recorded, lane.DoneId) = (Task.CompletedTask, 0);
            term.Lanes.Stay(lane, AfterFault);
            return;
        }

        term.Lanes.Leave(lane, hasMore);
    }

    private async Task<Turn> TurnAsync(DeliveryTerm term, LaneState lane)
    {
        if (!term.IsRunning || state.Snapshot.Linkages.GetValueOrDefault(lane.Lane.Linkage) is not { } linked)
            return Turn.After(LookAgainAfter); // The linkage's ids were erased, or the term is as good as over.

        var (batch, isLast, now, gone) = await store.ReadAsync(tx => Read(tx, lane), term.Ended);
        if (gone is { } seq)
        {
            await CancelAsync([seq], term.Ended);
            return Turn.Next;
        }

        if (batch.Count == 0)
            return Turn.Empty;
        if (batch[0].Delivery.NextAttemptAt is { } due && due > now)
            return Turn.After(due - now);

        return term.IsRunning ? await AttemptAsync(term, lane, linked, batch, isLast) : Turn.After(LookAgainAfter);
    }

    /// <summary>A replay took it up while its customer took it back, or while it was let go: nobody can be told it any more, and what is behind it does not wait for it.</summary>
    private Task<int> CancelAsync(IReadOnlyList<long> events, CancellationToken ended) => store.WriteAsync(tx => events.Sum(tx.Deliveries.CancelOwed), ended);

    /// <summary>The events of one request that are next, and whether they are the last; or the next event, where what it said is gone.</summary>
    private (List<Owed> Batch, bool IsLast, DateTimeOffset Now, long? Gone) Read(IGatewayTransaction tx, LaneState lane)
    {
        var rows = tx.Deliveries.Owed(lane.Lane, lane.DoneId, 2); // Most requests hold one event.
        if (lane.Lane.Chat is not null && rows is [var one, var other] && one.Request == other.Request)
            rows = tx.Deliveries.Owed(lane.Lane, lane.DoneId, BatchMax + 1);
        var count = rows.Count == 0 ? 0 : 1;
        while (lane.Lane.Chat is not null && count < Math.Min(rows.Count, BatchMax) && rows[count].Request == rows[0].Request)
            count++;

        var batch = new List<Owed>(count);
        for (var i = 0; i < count; i++)
        {
            if (composer.Read(tx, rows[i]) is not { } owed)
                return ([], false, tx.Now, rows[i].EventSeq);
            batch.Add(owed);
        }

        return (batch, count == rows.Count, tx.Now, null);
    }

    private async Task<Turn> AttemptAsync(DeliveryTerm term, LaneState lane, LinkedModule linked, List<Owed> batch, bool isLast)
    {
        var first = batch[0].Delivery;
        var isRedelivery = first.Attempts > 0 || first.Id <= Math.Max(term.LastIdBefore, lane.TriedId);
        var triedBefore = lane.TriedId;
        lane.TriedId = batch[^1].Delivery.Id;
        var body = composer.Compose(linked, batch, isRedelivery);
        var attempt = await sender.SendAsync(linked, body, first.Id, first.Attempts + 1, batch[0].Event.Receipt?.Trace, term.Ended);
        Attempted?.Invoke(linked, batch, attempt, body);
        if (attempt.IsOurFault)
        {
            lane.TriedId = triedBefore; // Nothing was sent: nothing is recorded of it, neither against the event nor against the endpoint.
            Log.NotSent(log, linked.Module.Name, first.Id, attempt.Detail ?? "");
            return Turn.After(LookAgainAfter);
        }

        if (!attempt.Succeeded)
            return await FailAsync(term, lane, linked, batch, isLast, attempt);

        // Not awaited: the lane goes on by its own memory of what is done, and leaves when the store knows it too.
        var recorded = RecordAsync(term, linked, batch, attempt, DeliveryState.Delivered, null);
        lane.DoneId = batch[^1].Delivery.Id;
        lane.Recorded = lane.Recorded.IsCompletedSuccessfully ? recorded : Task.WhenAll(lane.Recorded, recorded);
        return isLast ? Turn.Empty : Turn.Next;
    }

    private async Task<Turn> FailAsync(DeliveryTerm term, LaneState lane, LinkedModule linked, List<Owed> batch, bool isLast, Attempt attempt)
    {
        var first = batch[0].Delivery;
        var since = circuits.FailingSince(linked.Module.Id, first.FailingSince);
        var fault = await circuits.JudgeAsync(term, linked, attempt, since, isAside: false);
        var wait = fault switch
        {
            Fault.Event => circuits.Jitter(options.Value.AsideWait(0)!.Value),
            Fault.Endpoint => TimeSpan.Zero,
            _ => circuits.ShortWait(linked.Module.Id, since),
        };
        Log.AttemptFailed(log, linked.Module.Name, first.Id, first.Attempts + 1, attempt.Error ?? "", attempt.Status);

        // Awaited: the next turn, or whoever takes up what stepped aside, reads from the store how often and since when it has failed.
        var firstAt = since is null ? null : await store.ReadAsync(tx => tx.History.Failures(first.Id) is [var earliest, ..] ? earliest.At : (DateTimeOffset?)null, term.Ended);
        await RecordAsync(
            term, linked, batch, attempt, fault == Fault.Event ? DeliveryState.Aside : DeliveryState.Owed, wait, circuits.WithoutPause(linked.Module.Id, since, firstAt));
        if (fault != Fault.Event)
            return Turn.After(wait);

        Log.SteppedAside(log, first.Id, linked.Module.Name);
        term.Lanes.StepAside(lane.Linkage, wait);
        lane.DoneId = batch[^1].Delivery.Id;
        return isLast ? Turn.Empty : Turn.Next;
    }

    private async Task TakeAsideAsync(DeliveryTerm term, LaneState lane, IReadOnlyList<long> ids)
    {
        TimeSpan? wait;
        try
        {
            wait = await AsideAsync(term, lane, ids);
        }
        catch (OperationCanceledException) when (term.Ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) // The worker loop, as for a lane: it is due again, and found by the next look.
        {
            Log.LaneFailed(log, error, lane.Lane.Linkage.Value);
            wait = AfterFault;
        }

        term.Lanes.EndAside(lane, wait);
    }

    /// <returns>How long nobody need look again; null: what is due next is looked for at once.</returns>
    private async Task<TimeSpan?> AsideAsync(DeliveryTerm term, LaneState lane, IReadOnlyList<long> ids)
    {
        var found = await store.ReadAsync(tx => ids.Select(tx.Deliveries.Aside).OfType<DeliveryRow>().Select(row => (row.EventSeq, Owed: composer.Read(tx, row))).ToList(), term.Ended);
        var gone = found.Where(one => one.Owed is null).Select(one => one.EventSeq).Distinct().ToList();
        if (gone.Count > 0)
            await CancelAsync(gone, term.Ended);
        var batch = found.Select(one => one.Owed).OfType<Owed>().ToList();
        if (batch.Count == 0)
            return null; // Cancelled meanwhile.
        if (!term.IsRunning || state.Snapshot.Linkages.GetValueOrDefault(lane.Lane.Linkage) is not { } linked)
            return LookAgainAfter;

        var first = batch[0].Delivery;
        var body = composer.Compose(linked, batch, isRedelivery: true);
        var attempt = await sender.SendAsync(linked, body, first.Id, first.Attempts + 1, batch[0].Event.Receipt?.Trace, term.Ended);
        Attempted?.Invoke(linked, batch, attempt, body);
        if (attempt.IsOurFault)
        {
            Log.NotSent(log, linked.Module.Name, first.Id, attempt.Detail ?? "");
            return LookAgainAfter;
        }

        if (attempt.Succeeded)
        {
            await RecordAsync(term, linked, batch, attempt, DeliveryState.Delivered, null);
            return null;
        }

        // While the endpoint does not answer no try is used up: what stands aside waits with all else.
        var fault = await circuits.JudgeAsync(term, linked, attempt, null, isAside: true);
        var tries = first.AsideTries + (fault == Fault.Event ? 1 : 0);
        var next = fault switch
        {
            Fault.Event => options.Value.AsideWait(tries),
            Fault.Endpoint => TimeSpan.Zero,
            _ => LookAgainAfter, // The endpoint could not be asked.
        };
        Log.AttemptFailed(log, linked.Module.Name, first.Id, first.Attempts + 1, attempt.Error ?? "", attempt.Status);
        await RecordAsync(
            term, linked, batch, attempt, next is null ? DeliveryState.Dead : DeliveryState.Aside, next is { } wait ? circuits.Jitter(wait) : null, first.FailingSince, tries);
        if (next is null)
            Log.Died(log, first.Id, linked.Module.Name);
        return null;
    }

    private Task RecordAsync(
        DeliveryTerm term, LinkedModule linked, List<Owed> batch, Attempt attempt, DeliveryState state, TimeSpan? wait, DateTimeOffset? failingSince = null, int asideTries = 0) =>
        outcomes.WriteAsync(
            batch.ConvertAll(one => new AttemptEnd(one.Delivery.Id, attempt, state, wait) { FailingSince = failingSince, AsideTries = asideTries, Bot = linked.Row.Bot }), term.Ended);

    private readonly record struct Turn(TurnEnd End, TimeSpan? Wait)
    {
        public static Turn Next => new(TurnEnd.Next, null);

        public static Turn Empty => new(TurnEnd.Empty, null);

        public static Turn After(TimeSpan wait) => new(TurnEnd.Next, wait);
    }

    private static partial class Log
    {
        [LoggerMessage(201, LogLevel.Warning, "Delivery {DeliveryId} to {Module}: attempt {Attempt} failed ({Error}, status {Status}).")]
        public static partial void AttemptFailed(ILogger logger, string module, long deliveryId, int attempt, string error, int status);

        [LoggerMessage(214, LogLevel.Warning, "Delivery {DeliveryId} to {Module} stepped aside: its endpoint answers, so the event is at fault. Its chat goes on.")]
        public static partial void SteppedAside(ILogger logger, long deliveryId, string module);

        [LoggerMessage(215, LogLevel.Error, "Delivery {DeliveryId} to {Module} is a dead letter: it failed to the end of the list.")]
        public static partial void Died(ILogger logger, long deliveryId, string module);

        [LoggerMessage(216, LogLevel.Warning, "Delivery {DeliveryId} to {Module} could not be sent, which is no fault of the module's: {Detail} Tried again in a second; see Delivery:ConnectionsMax.")]
        public static partial void NotSent(ILogger logger, string module, long deliveryId, string detail);

        [LoggerMessage(202, LogLevel.Error, "A lane of linkage {LinkageId} failed; it is taken up again in 5 s.")]
        public static partial void LaneFailed(ILogger logger, Exception error, Guid linkageId);
    }
}
