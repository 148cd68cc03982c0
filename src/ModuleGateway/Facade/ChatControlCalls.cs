using System.Text.Json;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Acquire and release, as module.yml describes them, among the modules of one bot.</summary>
internal sealed class ChatControlCalls(IGatewayStore store, ChatControl control, LineUpstream line, TimeProvider clock)
{
    private const int TtlMax = 31_536_000; // 365 days, in seconds.

    /// <summary>POST /v2/bot/chat/{chatId}/control/acquire.</summary>
    public async Task<FacadeAnswer> AcquireAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (!IsChatId(call, out var text))
            return LineErrors.InvalidParameter("chatId");
        if (ReadTtl(call.Body.Span, out var ttl) is { } refusal)
            return refusal;

        var (answer, account, id) = await AcquireHereAsync(call, text, ttl, cancellationToken);
        if (answer == AcquireAnswer.StandbyAtLine)
        {
            // LINE's own channel answers there: first our channel takes the chat at LINE, then the module takes it here.
            var refused = await AcquireAtLineAsync(call, account!, id!.Value, cancellationToken);
            if (refused is not null)
                return refused;
            (answer, _, _) = await AcquireHereAsync(call, text, ttl, cancellationToken, isActiveAtLine: true);
        }

        return answer switch
        {
            AcquireAnswer.Granted => FacadeAnswer.Empty,
            AcquireAnswer.JustTaken => LineErrors.JustTaken,
            _ => LineErrors.NotFound,
        };
    }

    /// <summary>POST /v2/bot/chat/{chatId}/control/release.</summary>
    public async Task<FacadeAnswer> ReleaseAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        if (!IsChatId(call, out var text))
            return LineErrors.InvalidParameter("chatId");

        var (passedToPrimary, account, id) = await store.WriteAsync<(bool, AccountRow?, UpstreamId?)>(
            tx =>
            {
                if (tx.Control.Account(call.Bot) is not { } found || UpstreamCall.Resolve(tx, call.Caller.Ids, text) is not { } known)
                    return (false, null, null);

                call.Chat = new ChatKey(call.Bot, known.Kind, known.Bits);
                return (control.Release(tx, found, call.Chat.Value, call.Caller.Row.Id, clock.GetUtcNow()), found, known);
            },
            cancellationToken);
        if (passedToPrimary)
            await line.SendAsync(HttpMethod.Post, $"/v2/bot/chat/{id!.Value.ToText(call.Bot)}/control/release", account!.Channel, call.Bot, null, null, cancellationToken);
        return FacadeAnswer.Empty;
    }

    private Task<(AcquireAnswer, AccountRow?, UpstreamId?)> AcquireHereAsync(FacadeCall call, string text, TimeSpan? ttl, CancellationToken cancellationToken, bool isActiveAtLine = false) => store.WriteAsync<(AcquireAnswer, AccountRow?, UpstreamId?)>(
        tx =>
        {
            if (tx.Control.Account(call.Bot) is not { } account || UpstreamCall.Resolve(tx, call.Caller.Ids, text) is not { } id)
                return (AcquireAnswer.NotInChat, null, null);

            call.Chat = new ChatKey(call.Bot, id.Kind, id.Bits);
            var now = clock.GetUtcNow();
            if (isActiveAtLine)
            {
                control.LearnLineSide(tx, account, call.Chat.Value, isActive: true, now, now);
                account = tx.Control.Account(call.Bot)!;
            }

            return (control.Acquire(tx, account, call.Chat.Value, call.Caller.Row.Id, ttl, now), account, id);
        },
        cancellationToken);

    private async Task<FacadeAnswer?> AcquireAtLineAsync(FacadeCall call, AccountRow account, UpstreamId id, CancellationToken cancellationToken)
    {
        var answer = await line.SendAsync(
            HttpMethod.Post, $"/v2/bot/chat/{id.ToText(call.Bot)}/control/acquire", account.Channel, call.Bot, """{"expired":false}"""u8.ToArray(), null, cancellationToken);
        return answer switch
        {
            { Succeeded: true } => null,
            { Status: 0 } => LineErrors.UnknownOutcome,
            _ => new FacadeAnswer(answer.Status, answer.Body, answer.ContentType),
        };
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
