using System.ComponentModel.DataAnnotations;

namespace Sandbox.Webhooks;

/// <summary>How webhooks are sent. Configuration section "Sandbox:Webhooks".</summary>
public sealed class WebhookOptions
{
    /// <summary>Longest wait for an answer: 100 ms to 30 s. LINE's own is 2 s, the default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Waits before the second, third, ... attempt, counted from the start of the one before, at most 10. LINE keeps its own secret. None given: 1 s, 5 s, 30 s.</summary>
    [MaxLength(10)]
    public TimeSpan[]? RetryDelays { get; init; }

    /// <summary>Deliveries that may wait at once, 1 to 1 000 000, default 10 000. Beyond it an event is dropped and logged so, as LINE stops sending to a server that stays behind.</summary>
    [Range(1, 1_000_000)]
    public int WaitingMax { get; init; } = 10_000;

    /// <summary>Requests on their way at once, 1 to 1000, default 64.</summary>
    [Range(1, 1000)]
    public int ParallelMax { get; init; } = 64;

    internal IReadOnlyList<TimeSpan> Retries => RetryDelays ?? [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];
}
