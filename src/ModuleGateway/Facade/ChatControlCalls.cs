using System.Text.Json;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Acquire and release, as module.yml describes them, among the modules of one bot.</summary>
internal sealed class ChatControlCalls(IGatewayStore store, Admission admission, ChatControl control, LineControl lineControl, LineUpstream line, UpstreamCall upstream)
{
    private const int TtlMax = 31_536_000; // 365 days, in seconds.

    /// <summary>POST /v2/bot/chat/{chatId}/control/acquire.</summary>
    public async Task<FacadeAnswer> AcquireAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (!IsChatId(call, out var text))
            return LineErrors.InvalidParameter("chatId");
        if (ReadTtl(call.Body.Span, out var ttl) is { } refusal)
            return refusal;

        var (answer, reservation, channel, upstreamId) = await store.WriteAsync<(AcquireAnswer, Reservation?, ChannelId, string)>(
            tx =>
            {
                if (Find(tx, call, text) is not var (account, id))
                    return (AcquireAnswer.NotInChat, null, default, "");

                var now = tx.Now;
                var here = control.Acquire(tx, account, call.Chat!.Value, call.Caller.Row.Id, ttl, now);
                var reserved = here == AcquireAnswer.StandbyAtLine ? lineControl.Reserve(tx, account, call.Chat.Value, call.Caller.Row.Id, now) : null;
                return (here, reserved, account.Channel, id.ToText(call.Bot));
            },
            cancellationToken);
        return answer switch
        {
            AcquireAnswer.Granted => FacadeAnswer.Empty,
            AcquireAnswer.JustTaken => LineErrors.JustTaken,
            AcquireAnswer.StandbyAtLine => reservation is null ? LineErrors.JustTaken : await AcquireAtLineAsync(call, reservation, channel, upstreamId, ttl, cancellationToken),
            _ => LineErrors.NotFound,
        };
    }

    /// <summary>POST /v2/bot/chat/{chatId}/control/release. LINE hears of it by an errand, which outlives this call.</summary>
    public async Task<FacadeAnswer> ReleaseAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (!IsChatId(call, out var text))
            return LineErrors.InvalidParameter("chatId");

        await store.WriteAsync(
            tx =>
            {
                if (Find(tx, call, text) is var (account, _))
                    control.Release(tx, account, call.Chat!.Value, call.Caller.Row.Id, tx.Now);
                return true;
            },
            cancellationToken);
        return FacadeAnswer.Empty;
    }

    /// <summary>LINE's own channel answers in this chat: first our channel takes it at LINE, then the module has it here.</summary>
    private async Task<FacadeAnswer> AcquireAtLineAsync(FacadeCall call, Reservation reservation, ChannelId channel, string upstreamId, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        var answer = await line.SendAsync(
            HttpMethod.Post, $"/v2/bot/chat/{Uri.EscapeDataString(upstreamId)}/control/acquire", channel, call.Bot, """{"expired":false}"""u8.ToArray(), null, cancellationToken);
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

    /// <summary>Null: not admitted (in set-up a linkage only listens: but for the owner's test chats, no chat is there for it to take), or a chat that the bot does not know.</summary>
    private (AccountRow Account, UpstreamId Id)? Find(IGatewayTransaction tx, FacadeCall call, string text)
    {
        // The account first, as every work on a bot: what is read after it holds to the end of this transaction.
        if (tx.Control.Account(call.Bot) is null || UpstreamCall.Resolve(tx, call.Caller.Ids, text) is not { } id)
            return null;

        var chat = new ChatKey(call.Bot, id.Kind, id.Bits);
        if (admission.Admit(tx, call.Bot, call.Caller.Row.Id, call.Rule, chat, tx.Now).Account is not { } account)
            return null;

        call.Chat = chat;
        return (account, id);
    }

    private static bool IsChatId(FacadeCall call, out string text)
    {
        text = call.Route("chatId") ?? "";
        Span<byte> utf8 = stackalloc byte[IdText.LongestForModule];
        return text.Length <= utf8.Length && System.Text.Encoding.ASCII.TryGetBytes(text, utf8, out var length) && IdText.TryReadFromModule(utf8[..length], call.Bot, out _, out _);
    }

    /// <summary>LINE's defaults: <c>expired</c> true, <c>ttl</c> 3600 s; without expiry <c>ttl</c> is ignored.</summary>
    private static FacadeAnswer? ReadTtl(ReadOnlySpan<byte> body, out TimeSpan? ttl)
    {
        ttl = TimeSpan.FromHours(1);
        if (body.IsEmpty)
            return null;

        try
        {
            var reader = new Utf8JsonReader(body);
            var json = JsonElement.ParseValue(ref reader);
            if (json.ValueKind != JsonValueKind.Object)
                return LineErrors.NotJson;
            if (json.TryGetProperty("expired", out var expired) && expired.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                return LineErrors.InvalidProperty("expired", "must be a boolean");
            if (expired.ValueKind == JsonValueKind.False)
            {
                ttl = null;
                return null;
            }

            if (!json.TryGetProperty("ttl", out var seconds))
                return null;
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
