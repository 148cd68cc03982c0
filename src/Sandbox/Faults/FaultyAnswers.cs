using Line;
using Sandbox.Api;
using Sandbox.Time;

namespace Sandbox.Faults;

/// <summary>What was ordered to go wrong with the next calls, those of the token endpoints included.</summary>
internal sealed class FaultyAnswers(FaultBook faults, SandboxClock clock)
{
    /// <summary>Before the call is done: holds one that shall never be answered until its caller gives up, and lets one wait that shall be slow.</summary>
    /// <returns>Whether the caller has gone.</returns>
    public async Task<bool> HoldAsync(HttpContext http, BotId? botId)
    {
        var path = http.Request.Path.Value;
        if (faults.Take(FaultKind.ApiTimeout, botId, path) is not null)
        {
            await NeverAnswerAsync(http);
            return true;
        }

        if (faults.Take(FaultKind.ApiSlow, botId, path) is { } slow)
            await clock.WaitUntilAsync(clock.GetUtcNow() + slow.Delay, http.RequestAborted);
        return false;
    }

    /// <summary>The refusal that was ordered instead of doing the call; null: none.</summary>
    public LineAnswer? Refusal(HttpContext http, BotId? botId) =>
        faults.Take(FaultKind.Api429, botId, http.Request.Path.Value) is not null ? LineErrors.RateLimit
        : faults.Take(FaultKind.Api500, botId, http.Request.Path.Value) is not null ? LineErrors.Internal
        : null;

    /// <summary>After the call was done: whether its answer gets lost.</summary>
    public bool LosesAnswer(HttpContext http, BotId? botId) => faults.Take(FaultKind.ApiLostAnswer, botId, http.Request.Path.Value) is not null;

    /// <summary>Holds the request until the caller gives up.</summary>
    public static async Task NeverAnswerAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
