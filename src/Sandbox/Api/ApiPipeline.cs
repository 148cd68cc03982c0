using System.Text.Json;
using System.Text.Json.Nodes;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Faults;
using Sandbox.Http;
using Sandbox.Phone;

namespace Sandbox.Api;

/// <summary>One call's way: gate, ordered faults, body, retry key, handler; then the answer, the log and the time line.</summary>
internal sealed class ApiPipeline(ApiGate gate, FaultyAnswers faults, RetryKeys retryKeys, ApiLog log, Timeline timeline, TimeProvider clock)
{
    public Task RunAsync(HttpContext http, ApiRow row, Func<ApiCall, LineAnswer> handle) =>
        RunSlowAsync(http, row, call => Task.FromResult(retryKeys.Guard(call, handle)));

    /// <summary>For calls that wait for somebody and take no retry key.</summary>
    public async Task RunSlowAsync(HttpContext http, ApiRow row, Func<ApiCall, Task<LineAnswer>> handle)
    {
        var started = clock.GetTimestamp();
        var (refusal, channel, account) = gate.Knock(http, row);
        if (refusal is not null)
        {
            await AnswerAsync(http, refusal, channel, account, call: null, started);
            return;
        }

        if (await faults.HoldAsync(http, account?.BotId))
            return;

        var (unreadable, body) = await ApiBody.ReadAsync(http.Request, row, http.RequestAborted);
        var call = new ApiCall(http, row, channel!, account, body, http.LineRequestId());
        var answer = faults.Refusal(http, account?.BotId) ?? unreadable ?? await handle(call);
        if (faults.LosesAnswer(http, account?.BotId))
        {
            Record(http, answer, channel, account, call, started);
            await FaultyAnswers.NeverAnswerAsync(http);
            return;
        }

        await AnswerAsync(http, answer, channel, account, call, started);
    }

    private async Task AnswerAsync(HttpContext http, LineAnswer answer, Channel? channel, OfficialAccount? account, ApiCall? call, long started)
    {
        Record(http, answer, channel, account, call, started);
        await answer.WriteAsync(http);
    }

    private void Record(HttpContext http, LineAnswer answer, Channel? channel, OfficialAccount? account, ApiCall? call, long started)
    {
        var request = call is { Body.ValueKind: JsonValueKind.Object } ? JsonNode.Parse(call.Body.GetRawText()) : null;
        var entry = new ApiLogEntry(
            0, clock.GetUtcNow(), http.Request.Method, http.Request.Path, channel?.Id, account?.BotId, answer.Status,
            (long)clock.GetElapsedTime(started).TotalMilliseconds, http.LineRequestId(), request, answer.Logged());
        log.Add(entry);
        if (account is null)
            return;

        timeline.Add(new TimelineEntry(
            0, entry.At, "line", "call", account.BotId, call?.Chat?.Peer ?? call?.Person?.Id, call?.ChatId, channel is null ? null : TimelineChannel.Of(channel),
            Method: entry.Method, Path: entry.Path, Status: entry.Status, Millis: entry.Millis, RequestId: entry.RequestId,
            Text: $"{entry.Method} {entry.Path}: {entry.Status}", Body: Json.Element(new { entry.Request, entry.Response })));
    }
}
