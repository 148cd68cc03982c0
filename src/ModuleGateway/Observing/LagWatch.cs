using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Observing;

/// <summary>Looks at what is undelivered, and raises an alert when something waits too long.</summary>
/// <remarks>
/// From the store and not from the engine's memory: what waits for a circuit, a time or a free place is in no queue, and is just what lag must show.
/// A look costs some seeks for each linkage that is owed something, and counting up to a bound. The oldest is sought anew, along all that the linkage is
/// owed, only when the one of the last look was delivered: an index by age would make each delivery pay for it.
/// </remarks>
internal sealed partial class LagWatch(IGatewayStore store, IOptions<LagOptions> options, StoreClock clock, ILogger<LagWatch> log) : BackgroundService
{
    private const int LinkagesAtOnce = 500;
    private const int LongestMax = 100;
    private const int CountMax = 100_000;

    /// <summary>Linkages whose oldest delivery is remembered; others' are sought at each look.</summary>
    private const int RememberedMax = 100_000;

    private Dictionary<LinkageId, long> _oldest = [];
    private volatile LagPicture _picture = LagPicture.Empty;

    /// <summary>As of the last look.</summary>
    public LagPicture Picture => _picture;

    /// <summary>Counting ends there: as many or more.</summary>
    public static int CountedMax => CountMax;

    /// <summary>Called after each look.</summary>
    public Action<LagPicture>? Looked { get; set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.LookEvery, clock);
        do
        {
            try
            {
                Show(await LookAsync(stoppingToken));
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: lag that nobody watches would be worse than any fault of one look.
            {
                Log.NotSeen(log, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<LagPicture> LookAsync(CancellationToken stoppingToken)
    {
        var oldest = new Dictionary<LinkageId, long>();
        var byModule = new Dictionary<ModuleId, ModuleBacklog>();
        var longest = new PriorityQueue<Backlog, long>();
        var (owed, byAccount) = (0L, new Dictionary<BotId, long>());
        LinkageId? after = null;
        int found;
        do
        {
            var from = after;
            var (linkages, rows) = await store.ReadAsync(
                tx =>
                {
                    var linkages = tx.Deliveries.OwedLinkages(from, LinkagesAtOnce);
                    return (linkages, linkages.Select(id => tx.Backlogs.Of(id, _oldest.GetValueOrDefault(id), CountMax)).OfType<Backlog>().ToList());
                },
                stoppingToken);
            foreach (var row in rows)
            {
                if (oldest.Count < RememberedMax)
                    oldest.Add(row.Linkage, row.OldestId);
                var module = byModule.GetValueOrDefault(row.Module) ?? new ModuleBacklog(row.OldestAt, 0, 0);
                byModule[row.Module] = new ModuleBacklog(row.OldestAt < module.OldestAt ? row.OldestAt : module.OldestAt, module.Owed + row.Owed, module.Aside + row.Aside);
                owed += row.Owed;
                byAccount[row.Bot] = byAccount.GetValueOrDefault(row.Bot) + row.Owed + row.Aside;
                longest.Enqueue(row, -row.OldestAt.ToUnixTimeMilliseconds());
                if (longest.Count > LongestMax)
                    longest.Dequeue(); // The one that waits least.
            }

            found = linkages.Count;
            after = found > 0 ? linkages[^1] : null;
        }
        while (found == LinkagesAtOnce);

        _oldest = oldest;
        var (unrouted, unroutedByAccount, now) = await store.ReadAsync(tx => (tx.Backlogs.OldestUnrouted(), tx.Backlogs.Unrouted(CountMax), tx.Now), stoppingToken);
        foreach (var (bot, count) in unroutedByAccount)
            byAccount[bot] = byAccount.GetValueOrDefault(bot) + count;
        var list = longest.UnorderedItems.Select(item => item.Element).OrderBy(row => row.OldestAt).ToList();
        var first = list.Count > 0 ? list[0].OldestAt : (DateTimeOffset?)null;
        var all = unrouted < first || first is null ? unrouted : first;
        var isLate = all is { } at && now - at > options.Value.Max;
        return new LagPicture(now, unrouted, list, byModule, owed, all, isLate ? _picture.RaisedAt ?? now : null) { UndeliveredByAccount = byAccount };
    }

    private void Show(LagPicture picture)
    {
        var before = _picture;
        _picture = picture;
        if (picture.RaisedAt is not null && before.RaisedAt is null)
            Log.Raised(log, (long)picture.Lag.TotalSeconds, picture.Owed, picture.Longest.Count(row => picture.At - row.OldestAt > options.Value.Max));
        else if (picture.RaisedAt is null && before.RaisedAt is not null)
            Log.Cleared(log);
        Looked?.Invoke(picture);
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "Lag alert: the oldest undelivered event has waited {Seconds} s; {Owed} are owed, and at least {Linkages} linkage(s) wait too long. GET /management/lag says whose.")]
        public static partial void Raised(ILogger logger, long seconds, long owed, int linkages);

        [LoggerMessage(1002, LogLevel.Information, "Lag alert over: nothing waits too long any more.")]
        public static partial void Cleared(ILogger logger);

        [LoggerMessage(1003, LogLevel.Warning, "It could not be seen what is undelivered; it is looked at again.")]
        public static partial void NotSeen(ILogger logger, Exception error);
    }
}
