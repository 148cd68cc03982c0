using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Observing;

/// <summary>When what is undelivered calls for somebody. Configuration section "Lag".</summary>
internal sealed class LagOptions
{
    /// <summary>An event that waits longer raises the alert: 1 s to 1 h, default 45 s, so that together with <see cref="LookEvery"/> nobody hears of it later than after a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Max { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>1 s to 5 min, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(10);
}
