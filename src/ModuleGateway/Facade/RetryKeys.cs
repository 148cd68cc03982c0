using System.Text;
using System.Text.Json;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Which sends with a retry key were accepted: a repeat is answered as LINE does, also by a module that has lost the chat since and may not ask LINE any more.</summary>
/// <remarks>Source: messaging API docs, "Retrying a failed API request": 24 hours from the first request.</remarks>
internal static class RetryKeys
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>LINE's 409 where this very send was accepted; null: it is a first one, or nobody knows.</summary>
    public static FacadeAnswer? AnswerTo(IGatewayTransaction tx, FacadeCall call) =>
        KeyOf(call) is { } key && tx.AcceptedKeys.Find(call.Caller.Row.Id, call.Row.Path, key) is { } accepted && tx.Now < accepted.At + Lifetime
            ? LineErrors.AlreadyAccepted(accepted.RequestId, accepted.SentMessages)
            : null;

    /// <summary>Keeps what LINE accepted, now or, as its 409 says, before.</summary>
    public static void Keep(IGatewayTransaction tx, FacadeCall call, UpstreamAnswer answer)
    {
        var requestId = answer.Succeeded ? answer.RequestId : answer.AcceptedRequestId;
        if (KeyOf(call) is not { } key || requestId is not { Length: > 0 })
            return;

        tx.AcceptedKeys.RemoveBefore(tx.Now - Lifetime);
        tx.AcceptedKeys.Add(new AcceptedKeyRow(call.Caller.Row.Id, call.Row.Path, key, requestId, SentMessages(answer.Body), tx.Now));
    }

    private static Guid? KeyOf(FacadeCall call) => call.Row.TakesRetryKey && Guid.TryParseExact(call.RetryKey, "D", out var key) ? key : null;

    private static string? SentMessages(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("sentMessages", out var sent) ? sent.GetRawText() : null;
        }
        catch (JsonException)
        {
            return null; // LINE's answer is what it is; it goes on as it came.
        }
    }
}
