using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Says to LINE what control decided about chats, until LINE agrees. What it owes lies in the store and survives the process.</summary>
internal sealed partial class ErrandWorker(IGatewayStore store, LineControl control, LineUpstream line, StoreClock clock, ILogger<ErrandWorker> log) : BackgroundService
{
    private const int BatchMax = 64;

    /// <summary>An errand written a moment ago waits this long at most.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: an errand stays due until it is settled.
            {
                Log.ErrandsDelayed(log, error);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task RunDueAsync(CancellationToken stoppingToken)
    {
        var due = await store.ReadAsync(tx => tx.Control.ErrandsDue(clock.GetUtcNow(), BatchMax).Select(chat => (chat, tx.Control.Account(chat.Key.Bot), tx.Control.Known(chat.Key.Bot, chat.Key.Kind, chat.Key.Id))).ToList(), stoppingToken);
        foreach (var (chat, account, known) in due)
        {
            if (account is not null && known is { } id)
                await RunAsync(chat, account, id, stoppingToken);
            else
                await SettleAsync(tx => control.ErrandDone(tx, chat, agreed: false, clock.GetUtcNow()), stoppingToken);
        }
    }

    private async Task RunAsync(ChatRow chat, AccountRow account, UpstreamId id, CancellationToken stoppingToken)
    {
        var isAcquire = chat.Errand!.Kind == ErrandKind.Acquire;
        var answer = await line.SendAsync(
            HttpMethod.Post, $"/v2/bot/chat/{Uri.EscapeDataString(id.ToText(account.Bot))}/control/{(isAcquire ? "acquire" : "release")}", account.Channel, account.Bot,
            isAcquire ? """{"expired":false}"""u8.ToArray() : null, null, stoppingToken);
        var isLater = answer.Status is 0 or 401 or 423 or 429 or >= 500;
        if (isLater)
            Log.ErrandFailed(log, chat.Errand.Kind.ToString(), account.Bot.ToString(), answer.Status, chat.Errand.Attempts + 1);
        await SettleAsync(
            tx =>
            {
                if (isLater)
                    LineControl.ErrandFailed(tx, chat, clock.GetUtcNow());
                else
                    control.ErrandDone(tx, chat, answer.Succeeded, clock.GetUtcNow());
            },
            stoppingToken);
    }

    private async Task SettleAsync(Action<IGatewayTransaction> settle, CancellationToken stoppingToken) => await store.WriteAsync(
        tx =>
        {
            settle(tx);
            return true;
        },
        stoppingToken);

    private static partial class Log
    {
        [LoggerMessage(601, LogLevel.Warning, "LINE did not take {Errand} of a chat of bot {Bot} (status {Status}, attempt {Attempt}); tried again.")]
        public static partial void ErrandFailed(ILogger logger, string errand, string bot, int status, int attempt);

        [LoggerMessage(602, LogLevel.Error, "An errand to LINE could not be settled; it is due again.")]
        public static partial void ErrandsDelayed(ILogger logger, Exception error);
    }
}
