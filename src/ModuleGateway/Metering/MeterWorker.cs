using System.Text.Json;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Metering;

/// <summary>Asks LINE how many an accepted send reached, where only LINE knows; gives up on what stays unknown.</summary>
/// <remarks>Any process may run it: a send is put off before LINE is asked, and leaves the open ones once.</remarks>
internal sealed partial class MeterWorker(IGatewayStore store, LineUpstream line, AcceptedSends accepted, IOptions<UpstreamOptions> options, StoreClock clock, ILogger<MeterWorker> log) : BackgroundService
{
    private const int BatchMax = 64;
    private const int AtOnceMax = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClaimMargin = TimeSpan.FromSeconds(5);

    /// <summary>A retry key of the module's is good for so long: after it nobody will ever say.</summary>
    private static readonly TimeSpan UnknownTime = TimeSpan.FromHours(24);

    /// <summary>LINE speaks of a narrowcast for seven days, of a broadcast's statistics for fourteen.</summary>
    private static readonly TimeSpan AskingTime = TimeSpan.FromDays(14);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Asks about and settles what is due now; one round at a time.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await accepted.WriteAsync(cancellationToken);
            await AskDueAsync(cancellationToken);
            await GiveUpAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks now how many a group or room has, for what was sent there: afterwards LINE says it no more. What LINE does not answer stays as it was.</summary>
    public async Task CountBeforeLeavingAsync(ChatKey chat, CancellationToken cancellationToken)
    {
        await accepted.WriteAsync(cancellationToken);
        foreach (var send in await store.ReadAsync(tx => tx.Meter.Uncounted(chat), cancellationToken))
        {
            if (await ClaimAsync(send, cancellationToken) is var (claimed, path, channel))
                await AskAsync(claimed, path, channel, cancellationToken);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException) // The worker loop: a send stays due until it is settled.
            {
                Log.MeterDelayed(log, error);
            }

            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task AskDueAsync(CancellationToken cancellationToken)
    {
        var due = await store.ReadAsync(tx => tx.Meter.Due(tx.Now, BatchMax), cancellationToken);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancellationToken }, async (send, token) =>
        {
            if (await ClaimAsync(send, token) is var (claimed, path, channel))
                await AskAsync(claimed, path, channel, token);
        });
    }

    private async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        var unknown = await store.ReadAsync(tx => tx.Meter.UnknownBefore(tx.Now - UnknownTime, BatchMax), cancellationToken);
        foreach (var send in unknown)
        {
            await SettleAsync(
                send,
                tx =>
                {
                    if (tx.Meter.Find(send.Id) is { DueAt: null }) // Otherwise a late try has just said.
                        SendBook.Count(tx, send, 0, isKnown: false);
                },
                cancellationToken);
        }
    }

    /// <summary>Puts the question off for as long as it may take, so that no other process asks it too.</summary>
    private Task<(OpenSend Send, string Path, ChannelId Channel)?> ClaimAsync(OpenSend seen, CancellationToken cancellationToken) => store.WriteAsync<(OpenSend, string, ChannelId)?>(
        tx =>
        {
            var account = tx.Control.Account(seen.Bot);
            if (tx.Meter.Find(seen.Id) is not { } send || send.DueAt != seen.DueAt)
                return null;
            if (account is null || PathOf(tx, send) is not { } path)
            {
                SendBook.Count(tx, send, 0, isKnown: false);
                return null;
            }

            send = send with { DueAt = tx.Now + options.Value.Timeout + ClaimMargin, Attempts = send.Attempts + 1 };
            tx.Meter.Put(send);
            return (send, path, account.Channel);
        },
        cancellationToken);

    private static string? PathOf(IGatewayTransaction tx, OpenSend send) => send switch
    {
        { Reach: Reach.Narrowcast, RequestId: { Length: > 0 } id } => $"/v2/bot/message/progress/narrowcast?requestId={Uri.EscapeDataString(id)}",
        { Reach: Reach.Broadcast, RequestId: { Length: > 0 } id } => $"/v2/bot/insight/message/event?requestId={Uri.EscapeDataString(id)}",
        { Reach: Reach.Members, Chat: { } chat } when tx.Control.Known(chat.Bot, chat.Kind, chat.Id) is { Id: var id } =>
            $"/v2/bot/{(chat.Kind == IdKind.Group ? "group" : "room")}/{Uri.EscapeDataString(id.ToText(chat.Bot))}/members/count",
        _ => null,
    };

    private async Task AskAsync(OpenSend send, string path, ChannelId channel, CancellationToken cancellationToken)
    {
        var answer = await line.SendAsync(new UpstreamRequest(HttpMethod.Get, path, channel, send.Bot), cancellationToken);
        var reached = answer.Succeeded ? Reached(send.Reach, answer.Body) : null;
        var isOver = reached is null && ((answer.WasRefused && answer.Status is not (401 or 429) && !answer.WasNotSent) || clock.GetUtcNow() > send.At + AskingTime);
        if (reached is null)
            Log.ReachUnknown(log, send.Reach.ToString(), send.Bot.ToString(), answer.Status, isOver ? "given up" : "asked again");
        await SettleAsync(
            send,
            tx =>
            {
                if (reached is { } said && send.Chat is { } room)
                    tx.Meter.KeepMembers(room, said);

                // The account has left the group since, or was removed: LINE billed those who were there, and the last that we heard is the nearest to it.
                var counted = reached ?? (isOver && send.Chat is { } left ? tx.Meter.Members(left) : null);
                if (counted is not null || isOver)
                    SendBook.Count(tx, send, counted ?? 0, isKnown: counted is not null);
                else if (tx.Meter.Find(send.Id) is not null) // Otherwise another question has just been answered.
                    tx.Meter.Put(send with { DueAt = tx.Now + Delay(send) });
            },
            cancellationToken);
    }

    private Task<bool> SettleAsync(OpenSend send, Action<IGatewayTransaction> work, CancellationToken cancellationToken) => store.WriteAsync(
        tx =>
        {
            _ = tx.Control.Account(send.Bot); // The bot's order first, then what to write.
            work(tx);
            return true;
        },
        cancellationToken);

    private static TimeSpan Delay(OpenSend send) => send.Reach == Reach.Broadcast ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(Math.Min(60, send.Attempts));

    /// <summary>Null: LINE does not say yet.</summary>
    private static long? Reached(Reach reach, byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var json = JsonElement.ParseValue(ref reader);
            return reach switch
            {
                Reach.Members => Number(json, "count"),
                Reach.Narrowcast when Text(json, "phase") is "succeeded" => Number(json, "successCount"),
                Reach.Narrowcast when Text(json, "phase") is "failed" => Number(json, "successCount") ?? 0,
                Reach.Broadcast when json.ValueKind == JsonValueKind.Object && json.TryGetProperty("overview", out var overview) => Number(overview, "delivered"),
                _ => null,
            };
        }
        catch (JsonException) // Not LINE's words: asked again.
        {
            return null;
        }
    }

    private static long? Number(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : null;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static partial class Log
    {
        [LoggerMessage(801, LogLevel.Warning, "What was sent could not be counted; tried again in a second.")]
        public static partial void MeterDelayed(ILogger logger, Exception error);

        [LoggerMessage(802, LogLevel.Information, "LINE does not say how many a send reached ({Reach} of bot {Bot}, status {Status}): {Next}.")]
        public static partial void ReachUnknown(ILogger logger, string reach, string bot, int status, string next);
    }
}
