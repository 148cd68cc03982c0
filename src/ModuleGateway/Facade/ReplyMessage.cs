using Line;
using Line.Webhooks;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Store;
using ModuleGateway.Tokens;

namespace ModuleGateway.Facade;

/// <summary>POST /v2/bot/message/reply: with a token of the gateway's, by the module that is active since the token was given.</summary>
internal sealed class ReplyMessage(IGatewayStore store, Admission admission, ReplyTokens tokens, EventJournal journal, UpstreamIds ids, UpstreamCall upstream, Mutants mutants)
{
    /// <summary>Valid this long after our latest receipt of the event from LINE.</summary>
    private static readonly TimeSpan FromReceipt = TimeSpan.FromSeconds(60);

    /// <summary>Never valid longer than this after the event itself.</summary>
    private static readonly TimeSpan FromEvent = TimeSpan.FromMinutes(20);

    public async Task<FacadeAnswer> HandleAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJsonIn(call.Body.Span);

        if (RequestFields.IsTwice(call.Body.Span, "replyToken"))
            return LineErrors.SaidTwice("replyToken");

        var field = fields.FirstOrDefault(one => one is { Name: "replyToken", IsTopLevel: true });
        if (string.IsNullOrEmpty(field.Value))
            return LineErrors.InvalidProperty("replyToken", "May not be empty");
        if (tokens.Open(field.Value) is not { } grant || grant.Linkage != call.Caller.Row.Id || grant.Chat.Bot != call.Bot)
            return LineErrors.InvalidReplyToken;

        call.Chat = grant.Chat;
        var mentioned = await ids.ResolveAsync(call, fields, LineErrors.FailedToSend, cancellationToken);
        if (mentioned.Refusal is { } unknown)
            return unknown;

        var (refusal, channel) = await store.WriteAsync(tx => Reserve(tx, call, grant), cancellationToken);
        if (refusal is not null)
            return refusal;

        var body = RequestFields.Replace(call.Body, [(field, grant.LineToken), .. mentioned.Replacements(call.Bot)]);
        var answer = await upstream.RawAsync(call, channel, new LineRequest(call.Row) { Body = body }, cancellationToken);
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

    /// <summary>Reserves the token; refused when it is spent, too old, or of an earlier epoch of its chat.</summary>
    private (FacadeAnswer? Refusal, ChannelId Channel) Reserve(IGatewayTransaction tx, FacadeCall call, ReplyGrant grant)
    {
        var verdict = admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, grant.Chat);
        if (verdict.Answer == AdmissionAnswer.NoAccess)
            return (LineErrors.NotAdmitted(verdict), default);

        // Whoever is no longer active lost the chat, and with it the token: LINE knows no other word for it.
        if (verdict.Account is not { } account || (verdict.Epoch != grant.Epoch && !mutants.NoEpochCheck) || verdict.IdGeneration != grant.IdGeneration || tx.Events.Find(grant.EventSeq) is not { } @event)
            return (LineErrors.InvalidReplyToken, default);

        var now = tx.Now;
        var happenedAt = !@event.IsBlank && ScannedEvent.Read(journal.Open(@event)).TimestampMs is { } millis ? DateTimeOffset.UnixEpoch.AddMilliseconds(millis) : @event.ReceivedAt;
        if (now > @event.LastReceivedAt + FromReceipt || now > happenedAt + FromEvent)
            return (LineErrors.InvalidReplyToken, default);

        return tx.ReplyTokens.TryReserve(grant.EventSeq, grant.Linkage, now) ? (null, account.Channel) : (LineErrors.InvalidReplyToken, default);
    }
}
