using Line;
using ModuleGateway.Store;

namespace ModuleGateway.Metering;

/// <summary>A send that LINE accepted, whose module has been told so.</summary>
/// <param name="Id">The open send's.</param>
/// <param name="RequestId">LINE's.</param>
internal readonly record struct AcceptedSend(Guid Id, BotId Bot, string RequestId);

/// <summary>Counts accepted sends a moment after their modules were answered, many with one flush.</summary>
/// <remarks>
/// That there is a send was durable before LINE was asked; only that LINE took it is written here, and nobody's decision hangs on that: before and
/// after, the send takes its place in the plan. A process that is stopped writes all. What one that dies has not written stays among the sends of
/// unknown outcome, like those of which LINE's own answer was lost. Whoever reads the totals waits for <see cref="WriteAsync"/> first. A send with
/// a retry key does not come here: the key must be known before its module hears of success.
/// </remarks>
internal sealed partial class AcceptedSends(IGatewayStore store, StoreClock clock, ILogger<AcceptedSends> log) : BackgroundService, IAsyncDisposable
{
    /// <summary>Beyond so many a call waits for its own count.</summary>
    private const int WaitingMax = 8192;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25), PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _came = new(0, 1);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private List<AcceptedSend> _waiting = [];

    /// <summary>False when too many wait: the caller writes it itself.</summary>
    public bool TryAdd(AcceptedSend send)
    {
        lock (_lock)
        {
            if (_waiting.Count >= WaitingMax)
                return false;

            _waiting.Add(send);
            if (_came.CurrentCount == 0)
                _came.Release();
            return true;
        }
    }

    /// <summary>Completes when all that was added before is counted.</summary>
    /// <returns>False: the store does not take it, and it waits on.</returns>
    public async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            List<AcceptedSend> sends;
            lock (_lock)
                (sends, _waiting) = (_waiting, []);
            try
            {
                await Task.WhenAll(sends.GroupBy(send => send.Bot).Select(async ofBot => await store.WriteAsync(tx => Count(tx, ofBot), CancellationToken.None)));
                return true;
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: a send waits until it is counted.
            {
                Log.CountDelayed(log, error);
                lock (_lock)
                    _waiting.InsertRange(0, sends); // What was counted all the same is no open send any more, and is passed over then.
                return false;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes what waits: the store is closed after this.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await WriteAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _came.WaitAsync(stoppingToken);
            await Task.Delay(Pause, clock, stoppingToken);
            while (!await WriteAsync(stoppingToken))
                await Task.Delay(PauseAfterFailure, clock, stoppingToken);
        }
    }

    private static bool Count(IGatewayTransaction tx, IGrouping<BotId, AcceptedSend> sends)
    {
        _ = tx.Control.Account(sends.Key); // The bot's order first, then what to write.
        foreach (var accepted in sends)
        {
            if (tx.Meter.Find(accepted.Id) is { DueAt: null } send)
                SendBook.Accept(tx, send, accepted.RequestId);
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(803, LogLevel.Warning, "Sends that LINE accepted could not be counted yet; tried again in a second.")]
        public static partial void CountDelayed(ILogger logger, Exception error);
    }
}
