using System.Threading.Channels;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Management;

/// <summary>Shows changes of hands on the live tail, each once and only if its transaction was kept.</summary>
/// <remarks>It is told inside the transaction. A work of its own, which the store runs after that one, sees whether the chat has got as far as the move said.</remarks>
internal sealed partial class MoveWatch(IGatewayStore store, LiveTail tail, GatewayState state, ILogger<MoveWatch> log) : BackgroundService
{
    private const int WaitingMax = 1000; // Beyond it moves are not shown; nothing else depends on them.

    private readonly Channel<ControlMove> _told = Channel.CreateBounded<ControlMove>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Never waits; without a watcher it costs a look.</summary>
    public void Tell(ControlMove move)
    {
        if (tail.IsWatched(move.Bot))
            _told.Writer.TryWrite(move);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ControlMove? shown = null;
        await foreach (var move in _told.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                // A transaction that ran again told the same move twice, one directly after the other.
                var (isKept, id) = await store.WriteAsync(tx => (IsKept(tx, move), IdOf(tx, move)), stoppingToken);
                if (isKept && (shown is null || (shown.Chat, shown.Bot, shown.Epoch) != (move.Chat, move.Bot, move.Epoch)))
                {
                    if (move.Chat is { } chat)
                        tail.Learn(chat, id);
                    tail.Moved(move, id => state.Snapshot.Linkages.GetValueOrDefault(id)?.Module.Name);
                    shown = move;
                }
            }
            catch (StoreUnavailableException)
            {
                // Not known whether it was kept: not shown. The tail is for looking, and what the store has to say it says elsewhere.
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested) // The worker loop: one move that cannot be shown hides no other.
            {
                Log.NotShown(log, error);
            }
        }
    }

    private static UpstreamId? IdOf(IGatewayTransaction tx, ControlMove move) => move.Chat is { } chat ? tx.Control.Known(chat.Bot, chat.Kind, chat.Id)?.Id : null;

    private static bool IsKept(IGatewayTransaction tx, ControlMove move) =>
        tx.Control.Account(move.Bot) is { } account && (move.Chat is { } chat ? tx.Control.Chat(chat)?.Epoch >= move.Epoch : account.DefaultEpoch >= move.Epoch);

    private static partial class Log
    {
        [LoggerMessage(605, LogLevel.Warning, "A change of hands could not be shown on the live tail.")]
        public static partial void NotShown(ILogger logger, Exception error);
    }
}
