using System.Text.Json;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Metering;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Counts what LINE accepted of each linkage's sends, each once, by recipients as LINE bills; refuses what goes beyond the plan.</summary>
/// <remarks>
/// A send is written down in the transaction that admits it, and counted when LINE has said yes: whatever dies in between, it is known that there was one.
/// With a retry key that is done, and the key kept, before the module hears of it; of a push or multicast without one a moment later, with others (<see cref="AcceptedSends"/>).
/// Of an outcome that nobody knows, the same retry key tells later: accepted then (409), or not (accepted now). Without one it ends among the unknown.
/// Not billed and not counted: replies (kept as a number of their own), people who blocked the account, notification messages, which LINE bills apart.
/// Source: messaging API docs, "Messaging API pricing": recipients, not message objects.
/// </remarks>
internal sealed partial class Meter(IGatewayStore store, AcceptedSends accepted, MeterWorker worker, ILogger<Meter> log) : ICallStep
{
    /// <summary>Writes down that a send goes to LINE. Part of the transaction that admits it.</summary>
    /// <returns>The refusal where the plan has no more for this month; null: it goes on.</returns>
    public static FacadeAnswer? Begin(IGatewayTransaction tx, FacadeCall call, string? lineKey)
    {
        if (ReachOf(call) is not { } reach)
            return null;

        var people = call.Chats.Where(chat => chat.Kind == IdKind.User).Distinct().ToList();
        var named = reach == Reach.Named ? people.Count - Blocked(tx, call.Bot, people) : 0;
        var now = tx.Now;
        if (tx.Control.Linkage(call.Caller.Row.Id)?.MessagesPerMonthMax is { } max)
        {
            if (UsedThisMonth(tx, call, lineKey, now) + Math.Max(1, named) > max)
                return LineErrors.MonthlyLimit;
            // It holds so many places until LINE has counted: a minute, or hours, in which others like it would all fit into the last one.
            if (reach is Reach.Broadcast or Reach.Narrowcast)
                named = Math.Min(tx.Meter.Friends(call.Bot), reach == Reach.Narrowcast ? MaxOf(call.Body) : int.MaxValue);
        }

        tx.Meter.Put(new OpenSend(call.Id, call.Caller.Row.Id, call.Bot, now, reach, named, lineKey) { Chat = reach == Reach.Members ? call.Chat : null });
        return null;
    }

    public async ValueTask<FacadeAnswer?> BeforeAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        if (call.Row.Path is FacadeTable.LeaveGroupPath or FacadeTable.LeaveRoomPath && call.Chat is { } chat)
            await worker.CountBeforeLeavingAsync(chat, cancellationToken);
        return null;
    }

    public async ValueTask<UpstreamAnswer> AfterAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken)
    {
        var isReply = call.Row.Path == FacadeTable.ReplyPath;
        if (isReply ? !answer.Succeeded : ReachOf(call) is null)
            return answer;
        if (call.Row.Bills is Billing.Chat or Billing.Users && answer.Succeeded && call.RetryKey is null && accepted.TryAdd(new AcceptedSend(call.Id, call.Bot, answer.RequestId)))
            return answer;

        try
        {
            await store.WriteAsync(
                tx =>
                {
                    if (isReply)
                        tx.Meter.Count(call.Caller.Row.Id, new SentOnDay(SentOnDay.DayOf(tx.Now), 0, 1, 0));
                    else
                        Settle(tx, call, answer);
                    return true;
                },
                cancellationToken);
        }
        catch (StoreUnavailableException error)
        {
            // What LINE did is done, and the module hears it: told otherwise, it would send once more. A repeat with the key meets LINE's own 409.
            Log.NotCounted(log, call.Row.Name, call.Bot.ToString(), answer.Status, error);
        }

        return answer;
    }

    private static void Settle(IGatewayTransaction tx, FacadeCall call, UpstreamAnswer answer)
    {
        _ = tx.Control.Account(call.Bot); // Two tries with one key may end at the same time: one after the other.
        RetryKeys.Keep(tx, call, answer);
        if (tx.Meter.Find(call.Id) is not { } send)
            return;

        IReadOnlyList<OpenSend> earlier = send.LineKey is { } key ? [.. tx.Meter.WithKey(send.Linkage, key).Where(other => other.Id != send.Id)] : [];
        if (answer.Succeeded)
            Accept(tx, send, answer.RequestId, earlier);
        else if (answer.Status == 409 && earlier.Count > 0)
            Accept(tx, earlier[0], answer.AcceptedRequestId ?? "", [.. earlier.Skip(1), send]); // What nobody knew: the earlier one it was.
        else if (answer.WasRefused)
            tx.Meter.Remove(send.Id);
    }

    private static void Accept(IGatewayTransaction tx, OpenSend send, string requestId, IReadOnlyList<OpenSend> others)
    {
        foreach (var other in others)
            tx.Meter.Remove(other.Id); // Of the same key: LINE took one of them.
        SendBook.Accept(tx, send, requestId);
    }

    /// <summary>What was counted, and what may yet be: two sends at the same time do not both fit into the last place. LINE takes one send of a key: earlier tries with it are this one.</summary>
    private static long UsedThisMonth(IGatewayTransaction tx, FacadeCall call, string? lineKey, DateTimeOffset now)
    {
        var today = SentOnDay.DayOf(now);
        var first = new DateOnly(today.Year, today.Month, 1);
        var since = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), SentOnDay.Offset);
        var earlier = lineKey is null ? 0 : tx.Meter.WithKey(call.Caller.Row.Id, lineKey).Where(send => send.At >= since).Sum(send => send.Named);
        return tx.Meter.Days(call.Caller.Row.Id, first, today).Sum(day => day.Recipients) + tx.Meter.OpenRecipients(call.Caller.Row.Id, since) - earlier;
    }

    /// <summary>To how many a narrowcast says that it goes at most: <c>limit.max</c>.</summary>
    private static int MaxOf(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("limit", out var limit) && limit.ValueKind == JsonValueKind.Object
            && limit.TryGetProperty("max", out var max) && max.ValueKind == JsonValueKind.Number && max.TryGetInt32(out var number) && number > 0 ? number : int.MaxValue;
    }

    /// <summary>Nearly every send has one, whom the decision has just looked up.</summary>
    private static int Blocked(IGatewayTransaction tx, BotId bot, IReadOnlyList<ChatKey> people) => people is [var only]
        ? tx.Control.Known(bot, only.Kind, only.Id) is { Presence: Presence.Blocked } ? 1 : 0
        : tx.Meter.Blocked(bot, people);

    private static Reach? ReachOf(FacadeCall call) => call.Row.Bills switch
    {
        Billing.Chat => call.Chat is { Kind: IdKind.User } ? Reach.Named : Reach.Members,
        Billing.Users => Reach.Named,
        Billing.Audience => call.Row.Path == FacadeTable.NarrowcastPath ? Reach.Narrowcast : Reach.Broadcast,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(804, LogLevel.Warning, "How {Call} for bot {Bot} ended (status {Status}) could not be written down: it stays open.")]
        public static partial void NotCounted(ILogger logger, string call, string bot, int status, Exception error);
    }
}
