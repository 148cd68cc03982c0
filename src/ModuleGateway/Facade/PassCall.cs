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
    /// <summary>Ids that are looked up by the decision itself; more of them would keep the bot's other works waiting.</summary>
    private const int LookedUpTogetherMax = 8;

    public async Task<FacadeAnswer> HandleAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        var request = new LineRequest(call.Row) { Query = call.Query };
        var named = new NamedIds(call);
        if (ReadPath(call, request, named) is { } badPath)
            return badPath;
        if (ReadBody(call, request, named) is { } badBody)
            return badBody;

        // Nearly always the bot knows all of them, and one transaction is enough. LINE is asked between two, with none open.
        var subject = call.Row.TellsPresence ? call.Named : null;
        var decision = named.Count <= LookedUpTogetherMax ? await store.WriteAsync(tx => Decide(tx, call, subject, named.Known(tx)), cancellationToken) : default;
        if (decision.Ids is null)
        {
            var resolved = await ids.ResolveAsync(call, named.Texts, named.Unknown, cancellationToken);
            if (resolved.Refusal is { } unknown)
                return unknown;
            decision = await store.WriteAsync(tx => Decide(tx, call, subject, resolved.Ids), cancellationToken);
        }

        if (decision.Answer is { } repeated)
            return repeated;
        if (decision.Verdict.Account is not { } account)
            return LineErrors.NotAdmitted(decision.Verdict, call.Row.Chats is { Max: > 1 } many ? many.Name : null);

        named.Write(request, decision.Ids!);
        var answer = await upstream.RawAsync(call, account.Channel, request, cancellationToken);
        if (subject is { } asked && decision.Before is { } before && (answer.Status == 404 || (answer.Succeeded && before.IsGone)))
            await LearnAsync(asked, answer.Succeeded, before.Presence);
        return await upstream.ForCallerAsync(call, answer, cancellationToken);
    }

    /// <summary>What was accepted once is answered so again, whoever may speak now; then who may make the call.</summary>
    /// <param name="upstreamIds">Null: there is one that the bot does not know, and nothing is decided.</param>
    private Decision Decide(IGatewayTransaction tx, FacadeCall call, ChatKey? subject, IReadOnlyList<UpstreamId>? upstreamIds)
    {
        if (upstreamIds is null)
            return default;

        var verdict = admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, call.Chats);
        var decision = new Decision(upstreamIds, verdict);
        if (verdict.Answer != AdmissionAnswer.NoAccess && RetryKeys.AnswerTo(tx, call) is { } repeated)
            return decision with { Answer = repeated };
        if (verdict.Account is not null && call.Route("messageId") is { } message && !(ReceivedMessages.IsId(message) && tx.Received.Has(call.Caller.Row.Id, message)))
            return decision with { Answer = LineErrors.NoContent };
        if (verdict.Account is not null && Meter.Begin(tx, call, UpstreamCall.RetryKeyFor(call)) is { } overPlan)
            return decision with { Answer = overPlan };
        return decision with { Before = subject is { } id ? tx.Control.Known(id.Bot, id.Kind, id.Id) : null };
    }

    /// <summary>Shapes first: nobody is asked for an id that is none.</summary>
    private static FacadeAnswer? ReadPath(FacadeCall call, LineRequest request, NamedIds named)
    {
        foreach (var name in call.Row.Parameters)
        {
            var text = call.Route(name)!;
            request.Values[name] = text;
            if (!IsId(name))
                continue;
            if (IdText.KindOf(text) is not { } kind || (KindOf(name) is { } expected && kind != expected))
                return LineErrors.InvalidParameter(name);
            if (named.AddParameter(name, text) is { } notHere)
                return notHere;
            if (call.Row.Chats is { InPath: true } chats && chats.Name == name)
                call.Chat = named.Last;
        }

        call.Named = named.Count == 1 ? named.Last : null;
        return null;
    }

    private static FacadeAnswer? ReadBody(FacadeCall call, LineRequest request, NamedIds named)
    {
        if (call.Row.Body == BodyKind.Stream)
            request.Take(call.Request, call.Row.BodyBytesMax);
        if (call.Row.Body != BodyKind.Json)
            return null;

        if (RequestFields.Find(call.Body.Span) is not { } fields)
            return LineErrors.NotJsonIn(call.Body.Span);

        var chats = call.Row.Chats is { InPath: false } place ? place : null;
        IReadOnlyList<string> texts = [];
        if (chats?.Read(call.Body, out texts) is { } refusal)
            return refusal;

        // In their order: LINE names the first that is wrong.
        for (var i = 0; i < texts.Count; i++)
        {
            if (IdText.KindOf(texts[i]) is not { } kind || (chats!.OnlyUsers && kind != IdKind.User))
                return chats!.Unknown(i);
        }

        request.Body = call.Body;
        return call.Row.BodyHasIds ? named.AddBody(fields, texts) : null;
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

    /// <summary>What one transaction decided of a call.</summary>
    /// <param name="Ids">What it names, as LINE calls it; null: nothing was decided.</param>
    private readonly record struct Decision(IReadOnlyList<UpstreamId>? Ids, AdmissionVerdict Verdict)
    {
        /// <summary>What it ends with, in place of LINE's answer.</summary>
        public FacadeAnswer? Answer { get; init; }

        /// <summary>What was known of the one that it asks for.</summary>
        public KnownId? Before { get; init; }
    }
}
