using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Replays;

/// <summary>Owes once more what replays chose: so many a second, and never many at once.</summary>
/// <remarks>
/// It looks through deliveries in the order in which they were decided, so that a chat comes again in its order. What was decided then stays: mode,
/// epoch, reply token. Several processes may run it: a step is taken by whoever's conditional update of the replay's row comes first.
/// </remarks>
internal sealed partial class ReplayWorker(IGatewayStore store, IOptions<ReplayOptions> options, StoreClock clock, ILogger<ReplayWorker> log) : BackgroundService
{
    /// <summary>Deliveries looked at in one read: some milliseconds.</summary>
    private const int LookAtOnce = 5000;

    private static readonly TimeSpan StepEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var replay in await store.ReadAsync(tx => tx.Replays.Running(), stoppingToken))
                    await StepAsync(replay, stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: a replay stays where it is until a step is taken.
            {
                Log.ReplayDelayed(log, error);
            }

            using var pause = new CancellationTokenSource(StepEvery, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stoppingToken);
            try
            {
                await _wake.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                // A second has passed.
            }
        }
    }

    /// <summary>Looks on until something is found, its room is full, or all has been looked at.</summary>
    private async Task StepAsync(ReplayRow replay, CancellationToken stoppingToken)
    {
        var room = await store.ReadAsync(tx => tx.Now < replay.NextStepAt ? 0 : options.Value.OwedMax - tx.Replays.Counts(replay.Id).GetValueOrDefault(DeliveryState.Owed), stoppingToken);
        if (room <= 0)
            return;

        var max = (int)Math.Min(room, options.Value.PerSecond);
        var (after, found) = (replay.AfterDelivery, (IReadOnlyList<Repeated>)[]);
        while (found.Count == 0 && after < replay.LastDelivery)
        {
            var from = after;
            (after, found) = await store.ReadAsync(tx => Look(tx, replay, from, max), stoppingToken);
        }

        await store.WriteAsync(tx => Take(tx, replay, after, found), stoppingToken);
    }

    private static (long After, IReadOnlyList<Repeated> Found) Look(IGatewayTransaction tx, ReplayRow replay, long after, int max)
    {
        // One event is found by its id, however far back it lies.
        var upTo = replay.Choice.WebhookEventId is null ? Math.Min(after + LookAtOnce, replay.LastDelivery) : replay.LastDelivery;
        var found = tx.Replays.Next(replay, after, upTo, max);
        return (found.Count == max ? found[^1].Id : upTo, found);
    }

    /// <summary>Owes what was found. False: another process was first, or the replay was cancelled.</summary>
    internal static bool Take(IGatewayTransaction tx, ReplayRow replay, long after, IReadOnlyList<Repeated> found)
    {
        // Linkages that listen no more get nothing; the lock on their bots keeps it so until this is committed.
        var linkages = found.Select(one => one.Linkage).Distinct().Select(tx.Control.Linkage).OfType<LinkageRow>().ToList();
        foreach (var bot in linkages.Select(row => row.Bot).Distinct().OrderBy(bot => bot.Bits))
            _ = tx.Control.Account(bot);
        var listening = linkages.Select(row => tx.Control.Linkage(row.Id)!).Where(row => row.Listens && row.Has(Scopes.MessageReceive)).Select(row => row.Id).ToHashSet();
        var taken = found.Where(one => listening.Contains(one.Linkage) && tx.Events.Find(one.EventSeq) is { IsBlank: false }).ToList(); // It may have been taken back, or erased, since it was found.

        var isLast = after >= replay.LastDelivery;
        var next = replay with
        {
            AfterDelivery = after, Found = replay.Found + taken.Count, State = isLast ? ReplayState.Queued : ReplayState.Running, NextStepAt = tx.Now + StepEvery, EndedAt = isLast ? tx.Now : null,
        };
        if (!tx.Replays.Step(replay, next))
            return false;

        foreach (var one in taken)
            tx.Deliveries.Add(new NewDelivery(one.EventSeq, one.Linkage, one.Chat, one.Request, one.IsActive, one.Epoch) { Replay = replay.Id });
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(903, LogLevel.Error, "A replay could not go on; it is tried again in a second.")]
        public static partial void ReplayDelayed(ILogger logger, Exception error);
    }
}
