using System.Text.Json;
using Line;
using Sandbox.Http;

namespace Sandbox.Api;

/// <summary>Retry keys: a send that was accepted under a key is not done again for 24 hours.</summary>
/// <remarks>In memory: LINE's promise is kept for as long as this program runs.</remarks>
internal sealed class RetryKeys(TimeProvider clock)
{
    private const string Header = "X-Line-Retry-Key";
    private static readonly TimeSpan Validity = TimeSpan.FromHours(24);
    private readonly Lock _lock = new();
    private readonly Dictionary<(ChannelId, BotId, string Path, Guid Key), Accepted> _accepted = [];
    private readonly Queue<((ChannelId, BotId, string, Guid) Key, DateTimeOffset At)> _byAge = [];

    /// <summary>Does the call, unless its key was accepted before.</summary>
    public LineAnswer Guard(ApiCall call, Func<ApiCall, LineAnswer> handle)
    {
        if (call.Header(Header) is not { } text)
            return handle(call);
        if (!call.Row.TakesRetryKey)
            return call.Row.Path.StartsWith("/v2/bot/message/", StringComparison.Ordinal) && call.Row.Method == "POST" ? LineErrors.RetryKeyNotTaken : handle(call);
        if (!Guid.TryParseExact(text, "D", out var key))
            return LineErrors.InvalidRetryKey;

        lock (_lock) // One at a time: two attempts under one key must not both be done. Handlers are quick and never wait.
        {
            var now = clock.GetUtcNow();
            while (_byAge.TryPeek(out var oldest) && now - oldest.At > Validity)
                _accepted.Remove(_byAge.Dequeue().Key);

            var entry = (call.Channel.Id, call.Account.BotId, call.Row.Path, key);
            if (_accepted.TryGetValue(entry, out var accepted))
            {
                var body = new { message = "The retry key is already accepted", sentMessages = accepted.SentMessages };
                return LineAnswer.Of(409, body) with { AcceptedRequestId = accepted.RequestId };
            }

            var answer = handle(call);
            if (answer.Status is >= 200 and < 300)
            {
                _accepted[entry] = new Accepted(call.RequestId, SentMessages(answer));
                _byAge.Enqueue((entry, now));
            }

            return answer;
        }
    }

    private static JsonElement? SentMessages(LineAnswer answer) =>
        answer.Body is { } body && JsonSerializer.Deserialize<JsonElement>(body, Json.Options).TryGetProperty("sentMessages", out var sent) ? sent : null;

    private sealed record Accepted(string RequestId, JsonElement? SentMessages);
}
