using System.Text.Json;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Acquire and release, as module.yml describes them, among the modules of one bot.</summary>
internal sealed class ChatControlCalls(IGatewayStore store, Admission admission, ChatControl control, LineControl lineControl, LineUpstream line, UpstreamIds ids, UpstreamCall upstream)
{
    private const int TtlMax = 31_536_000; // 365 days, in seconds.

    /// <summary>POST /v2/bot/chat/{chatId}/control/acquire.</summary>
    public async Task<FacadeAnswer> AcquireAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (IdText.KindOf(call.Route("chatId")) is null)
            return LineErrors.InvalidParameter("chatId");
        if (ReadTtl(call.Body.Span, out var ttl) is { } refusal)
            return refusal;
        var chat = await FindChatAsync(call, LineErrors.NotFound, cancellationToken);
        if (chat.Refusal is { } unknown)
            return unknown;

        var (verdict, answer, reservation, channel) = await store.WriteAsync<(AdmissionVerdict, AcquireAnswer, Reservation?, ChannelId)>(
            tx =>
            {
                var verdict = admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, call.Chat);
                if (verdict.Account is not { } account)
                    return (verdict, AcquireAnswer.NotInChat, null, default);

                var now = tx.Now;
                var here = control.Acquire(tx, account, call.Chat!.Value, call.Caller.Row.Id, ttl, now);
                var reserved = here == AcquireAnswer.StandbyAtLine ? lineControl.Reserve(tx, account, call.Chat.Value, call.Caller.Row.Id, now) : null;
                return (verdict, here, reserved, account.Channel);
            },
            cancellationToken);
        return answer switch
        {
            _ when verdict.Answer == AdmissionAnswer.NoAccess => LineErrors.NotAdmitted(verdict),
            AcquireAnswer.Granted => FacadeAnswer.Empty,
            AcquireAnswer.JustTaken => LineErrors.JustTaken,
            AcquireAnswer.StandbyAtLine => reservation is null ? LineErrors.JustTaken : await AcquireAtLineAsync(call, reservation, channel, chat.Ids[0].ToText(call.Bot), ttl, cancellationToken),
            _ => LineErrors.NotFound, // In set-up a linkage only listens: but for the owner's test chats, no chat is there for it to take.
        };
    }

    /// <summary>POST /v2/bot/chat/{chatId}/control/release. LINE hears of it by an errand, which outlives this call.</summary>
    public async Task<FacadeAnswer> ReleaseAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (IdText.KindOf(call.Route("chatId")) is null)
            return LineErrors.InvalidParameter("chatId");

        // A chat that nobody knows is one in which the caller is not active: LINE says 200 to that.
        var chat = await FindChatAsync(call, FacadeAnswer.Empty, cancellationToken);
        if (chat.Refusal is { } refusal)
            return refusal;

        var verdict = await store.WriteAsync(
            tx =>
            {
                var verdict = admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, call.Chat);
                if (verdict.Account is { } account)
                    control.Release(tx, account, call.Chat!.Value, call.Caller.Row.Id, tx.Now);
                return verdict;
            },
            cancellationToken);
        return verdict.Answer == AdmissionAnswer.NoAccess ? LineErrors.NotAdmitted(verdict) : FacadeAnswer.Empty;
    }

    /// <summary>LINE's own channel answers in this chat: first our channel takes it at LINE, then the module has it here.</summary>
    private async Task<FacadeAnswer> AcquireAtLineAsync(FacadeCall call, Reservation reservation, ChannelId channel, string upstreamId, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        var answer = await line.SendAsync(
            HttpMethod.Post, $"/v2/bot/chat/{Uri.EscapeDataString(upstreamId)}/control/acquire", channel, call.Bot, """{"expired":false}"""u8.ToArray(), null, CancellationToken.None); // Whoever hangs up now has the chat all the same.
        var isKept = await store.WriteAsync(
            tx =>
            {
                if (tx.Control.Account(call.Bot) is { } account && answer.Succeeded)
                    return lineControl.Keep(tx, account, call.Chat!.Value, reservation, ttl, tx.Now);

                LineControl.Drop(tx, call.Chat!.Value, reservation);
                return false;
            },
            CancellationToken.None);
        return answer switch
        {
            { Succeeded: true } => isKept ? FacadeAnswer.Empty : LineErrors.JustTaken,
            _ => await upstream.ForCallerAsync(call, answer, cancellationToken),
        };
    }

    private async Task<ResolvedIds> FindChatAsync(FacadeCall call, FacadeAnswer unknown, CancellationToken cancellationToken)
    {
        var resolved = await ids.ResolveAsync(call, [call.Route("chatId")!], unknown, cancellationToken);
        if (resolved.Refusal is null)
            call.Chat = new ChatKey(call.Bot, resolved.Ids[0].Kind, resolved.Ids[0].Bits);
        return resolved;
    }

    /// <summary>LINE's defaults: <c>expired</c> true, <c>ttl</c> 3600 s; without expiry <c>ttl</c> is ignored.</summary>
    private static FacadeAnswer? ReadTtl(ReadOnlySpan<byte> body, out TimeSpan? ttl)
    {
        ttl = TimeSpan.FromHours(1);
        if (body.IsEmpty)
            return null;
        if (RequestFields.Find(body) is null)
            return LineErrors.NotJsonIn(body);

        try
        {
            var reader = new Utf8JsonReader(body);
            var json = JsonElement.ParseValue(ref reader);
            reader.Read(); // Anything after it is no JSON.
            if (json.ValueKind != JsonValueKind.Object)
                return LineErrors.NotJson;
            if (json.TryGetProperty("expired", out var expired) && expired.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
                return LineErrors.InvalidProperty("expired", "must be a boolean");
            if (expired.ValueKind == JsonValueKind.False)
            {
                ttl = null;
                return null;
            }

            if (!json.TryGetProperty("ttl", out var seconds) || seconds.ValueKind == JsonValueKind.Null)
                return null; // Null is read as left out.
            if (seconds.ValueKind != JsonValueKind.Number || !seconds.TryGetInt32(out var value) || value is < 1 or > TtlMax)
                return LineErrors.InvalidProperty("ttl", $"Must be between 1 and {TtlMax}");

            ttl = TimeSpan.FromSeconds(value);
            return null;
        }
        catch (JsonException)
        {
            return LineErrors.NotJson;
        }
    }
}
