using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Metering;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>What most calls are: ids made LINE's, the caller admitted, LINE asked, the answer's ids made the module's. What is to be done for which call stands in its row.</summary>
internal sealed class PassCall(IGatewayStore store, Admission admission, UpstreamIds ids, UpstreamCall upstream)
{
    public async Task<FacadeAnswer> HandleAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        var request = new LineRequest(call.Row) { Query = call.Query };
        if (await ReadPathAsync(call, request, cancellationToken) is { } badPath)
            return badPath;
        if (await ReadBodyAsync(call, request, cancellationToken) is { } badBody)
            return badBody;

        var subject = call.Row.TellsPresence ? call.Named : null;
        var (repeated, verdict, before) = await store.WriteAsync(tx => Decide(tx, call, subject), cancellationToken);
        if (repeated is not null)
            return repeated;
        if (verdict.Account is not { } account)
            return LineErrors.NotAdmitted(verdict, call.Row.Chats is { Max: > 1 } many ? many.Name : null);

        var answer = await upstream.RawAsync(call, account.Channel, request, cancellationToken);
        if (subject is { } asked && before is not null && (answer.Status == 404 || (answer.Succeeded && before.IsGone)))
            await LearnAsync(asked, answer.Succeeded, before.Presence);
        return await upstream.ForCallerAsync(call, answer, cancellationToken);
    }

    /// <summary>What was accepted once is answered so again, whoever may speak now; then who may make the call.</summary>
    private (FacadeAnswer? Answer, AdmissionVerdict Verdict, KnownId? Before) Decide(IGatewayTransaction tx, FacadeCall call, ChatKey? subject)
    {
        var verdict = admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, call.Chats);
        if (verdict.Answer != AdmissionAnswer.NoAccess && RetryKeys.AnswerTo(tx, call) is { } repeated)
            return (repeated, verdict, null);
        if (verdict.Account is not null && call.Route("messageId") is { } message && !(ReceivedMessages.IsId(message) && tx.Received.Has(call.Caller.Row.Id, message)))
            return (LineErrors.NoContent, verdict, null);
        if (verdict.Account is not null && Meter.Begin(tx, call, UpstreamCall.RetryKeyFor(call)) is { } overPlan)
            return (overPlan, verdict, null);
        return (null, verdict, subject is { } id ? tx.Control.Known(id.Bot, id.Kind, id.Id) : null);
    }

    /// <summary>Shapes first: nobody is asked for an id that is none.</summary>
    private async Task<FacadeAnswer?> ReadPathAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        var names = new List<string>(2);
        foreach (var name in call.Row.Parameters)
        {
            var text = call.Route(name)!;
            request.Values[name] = text;
            if (!IsId(name))
                continue;
            if (IdText.KindOf(text) is not { } kind || (KindOf(name) is { } expected && kind != expected))
                return LineErrors.InvalidParameter(name);
            names.Add(name);
        }

        var resolved = await ids.ResolveAsync(call, names.ConvertAll(name => call.Route(name)!), call.Row.Unknown, cancellationToken);
        if (resolved.Refusal is { } unknown)
            return unknown;

        for (var i = 0; i < names.Count; i++)
        {
            var id = resolved.Ids[i];
            request.Values[names[i]] = id.ToText(call.Bot);
            var key = new ChatKey(call.Bot, id.Kind, id.Bits);
            if (names.Count == 1)
                call.Named = key;
            if (call.Row.Chats is { InPath: true } chats && chats.Name == names[i])
                call.Chat = key;
        }

        return null;
    }

    private async Task<FacadeAnswer?> ReadBodyAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        if (call.Row.Body == BodyKind.Stream)
            request.Take(call.Request, call.Row.BodyBytesMax);
        if (call.Row.Body != BodyKind.Json)
            return null;

        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJsonIn(call.Body.Span);

        var chats = call.Row.Chats is { InPath: false } place ? place : null;
        IReadOnlyList<string> named = [];
        if (chats?.Read(call.Body, out named) is { } refusal)
            return refusal;

        // In their order: LINE names the first that is wrong.
        for (var i = 0; i < named.Count; i++)
        {
            if (IdText.KindOf(named[i]) is not { } kind || (chats!.OnlyUsers && kind != IdKind.User))
                return chats!.Unknown(i);
        }

        if (!call.Row.BodyHasIds)
        {
            request.Body = call.Body;
            return null;
        }

        var resolved = await ids.ResolveAsync(call, fields, text => named.TakeWhile(one => one != text).Count() is var at && at < named.Count ? chats!.Unknown(at) : call.Row.Unknown, cancellationToken);
        if (resolved.Refusal is { } unknown)
            return unknown;

        if (named.Count > 0)
        {
            var byText = resolved.Found.DistinctBy(one => one.Field.Value).ToDictionary(one => one.Field.Value, one => new ChatKey(call.Bot, one.Id.Kind, one.Id.Bits), StringComparer.Ordinal);
            call.Chats = [.. named.Select(text => byText[text])];
        }

        request.Body = RequestFields.Replace(call.Body, resolved.Replacements(call.Bot));
        return null;
    }

    /// <summary>Whoever is asked for by name alone is there, or is not: LINE has just said which.</summary>
    private async Task LearnAsync(ChatKey id, bool isThere, Presence before) => await store.WriteAsync(
        tx =>
        {
            _ = tx.Control.Account(id.Bot); // The bot's order first, then what to write.
            WhoIsThere.HearAnswer(tx, id, isThere, before);
            return true;
        },
        CancellationToken.None);

    private static bool IsId(string name) => name is "userId" or "groupId" or "roomId" or "chatId";

    /// <summary>Null: any of the three.</summary>
    private static IdKind? KindOf(string name) => name switch { "userId" => IdKind.User, "groupId" => IdKind.Group, "roomId" => IdKind.Room, _ => null };
}
