using Line.Webhooks;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Store;
using ModuleGateway.Tokens;

namespace ModuleGateway.Facade;

/// <summary>POST /v2/bot/message/reply: with a token of the gateway's, by the module that is active since the token was given.</summary>
internal sealed class ReplyMessage(IGatewayStore store, ChatControl control, ReplyTokens tokens, EventJournal journal, UpstreamCall upstream, StoreClock clock)
{
    /// <summary>Valid this long after our latest receipt of the event from LINE.</summary>
    private static readonly TimeSpan FromReceipt = TimeSpan.FromSeconds(60);

    /// <summary>Never valid longer than this after the event itself.</summary>
    private static readonly TimeSpan FromEvent = TimeSpan.FromMinutes(20);

    public async Task<FacadeAnswer> HandleAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJson;

        if (fields.IsTwice("replyToken"))
            return LineErrors.SaidTwice("replyToken");

        var field = fields.FirstOrDefault(one => one is { Name: "replyToken", IsTopLevel: true });
        if (string.IsNullOrEmpty(field.Value))
            return LineErrors.InvalidProperty("replyToken", "May not be empty");
        if (tokens.Open(field.Value) is not { } grant || grant.Linkage != call.Caller.Row.Id || grant.Chat.Bot != call.Bot)
            return LineErrors.InvalidReplyToken;

        call.Chat = grant.Chat;
        var channel = await store.WriteAsync(tx => Reserve(tx, grant), cancellationToken);
        if (channel is null)
            return LineErrors.InvalidReplyToken;

        var answer = await upstream.RawAsync(call, channel.Value, "/v2/bot/message/reply", RequestFields.Replace(call.Body, [(field, grant.LineToken)]), cancellationToken);
        if (answer.WasRefused)
        {
            // LINE refused, or was never asked: the token is as good as before. Success, or silence, has used it.
            await store.WriteAsync(
                tx =>
                {
                    tx.ReplyTokens.Free(grant.EventSeq, grant.Linkage);
                    return true;
                },
                CancellationToken.None);
        }

        return await upstream.ForCallerAsync(call, answer, cancellationToken);
    }

    /// <summary>Null: the token is spent, too old, or of an earlier epoch of its chat.</summary>
    private Line.ChannelId? Reserve(IGatewayTransaction tx, ReplyGrant grant)
    {
        var now = clock.GetUtcNow();
        if (tx.Control.Account(grant.Chat.Bot) is not { } account || tx.Events.Find(grant.EventSeq) is not { } @event)
            return null;

        var (active, _) = control.Current(tx, account, grant.Chat, now);
        if (active.Linkage != grant.Linkage || active.Epoch != grant.Epoch)
            return null;

        var happenedAt = ScannedEvent.Read(journal.Open(@event)).TimestampMs is { } millis ? DateTimeOffset.UnixEpoch.AddMilliseconds(millis) : @event.ReceivedAt;
        if (now > @event.LastReceivedAt + FromReceipt || now > happenedAt + FromEvent)
            return null;

        return tx.ReplyTokens.TryReserve(grant.EventSeq, grant.Linkage, now) ? account.Channel : null;
    }
}
