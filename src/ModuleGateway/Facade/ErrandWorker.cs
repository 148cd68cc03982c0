using Microsoft.Extensions.Options;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Says to LINE what control decided about chats, until LINE agrees. What it owes lies in the store and survives the process.</summary>
internal sealed partial class ErrandWorker(IGatewayStore store, LineControl control, LineUpstream line, IOptions<UpstreamOptions> options, StoreClock clock, ILogger<ErrandWorker> log) : BackgroundService
{
    private const int BatchMax = 64;
    private const int AtOnceMax = 16;
    private static readonly TimeSpan ClaimMargin = TimeSpan.FromSeconds(5);

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
        var due = await store.ReadAsync(tx => tx.Control.ErrandsDue(tx.Now, BatchMax), stoppingToken);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = stoppingToken }, async (chat, token) =>
        {
            if (await ClaimAsync(chat, token) is var (claimed, account, known))
                await RunAsync(claimed, account, known, token);
        });
    }

    /// <summary>Puts the errand off for as long as a call may take, so that no other process runs it too. Whoever dies with it leaves it due again then.</summary>
    private Task<(ChatRow Chat, AccountRow Account, UpstreamId Known)?> ClaimAsync(ChatRow seen, CancellationToken stoppingToken) => store.WriteAsync<(ChatRow, AccountRow, UpstreamId)?>(
        tx =>
        {
            var account = tx.Control.Account(seen.Key.Bot);
            if (tx.Control.Chat(seen.Key) is not { } chat || chat.Errand != seen.Errand)
                return null; // Claimed by another process, or no longer wished.
            if (account is null || tx.Control.Known(seen.Key.Bot, seen.Key.Kind, seen.Key.Id) is not { Id: var known })
            {
                control.ErrandDone(tx, chat, agreed: false, tx.Now);
                return null;
            }

            chat = chat with { Errand = chat.Errand! with { DueAt = tx.Now + options.Value.Timeout + ClaimMargin } };
            tx.Control.Put(chat);
            return (chat, account, known);
        },
        stoppingToken);

    private async Task RunAsync(ChatRow chat, AccountRow account, UpstreamId id, CancellationToken stoppingToken)
    {
        var isAcquire = chat.Errand!.Kind == ErrandKind.Acquire;
        var answer = await line.SendAsync(
            HttpMethod.Post, $"/v2/bot/chat/{Uri.EscapeDataString(id.ToText(account.Bot))}/control/{(isAcquire ? "acquire" : "release")}", account.Channel, account.Bot,
            isAcquire ? """{"expired":false}"""u8.ToArray() : null, null, stoppingToken);
        var isLater = answer.Status is 0 or 401 or 423 or 429 or >= 500;
        if (isLater)
            Log.ErrandFailed(log, chat.Errand.Kind.ToString(), account.Bot.ToString(), answer.Status, chat.Errand.Attempts + 1);
        await store.WriteAsync(
            tx =>
            {
                _ = tx.Control.Account(account.Bot); // The bot's order first, then what to write.
                if (isLater)
                    LineControl.ErrandFailed(tx, chat, tx.Now);
                else
                    control.ErrandDone(tx, chat, answer.Succeeded, tx.Now);
                return true;
            },
            stoppingToken);
    }

    private static partial class Log
    {
        [LoggerMessage(601, LogLevel.Warning, "LINE did not take {Errand} of a chat of bot {Bot} (status {Status}, attempt {Attempt}); tried again.")]
        public static partial void ErrandFailed(ILogger logger, string errand, string bot, int status, int attempt);

        [LoggerMessage(602, LogLevel.Error, "An errand to LINE could not be settled; it is due again.")]
        public static partial void ErrandsDelayed(ILogger logger, Exception error);
    }
}
