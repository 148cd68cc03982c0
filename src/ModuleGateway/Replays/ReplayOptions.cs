using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Replays;

/// <summary>How fast replays go. Configuration section "Replay".</summary>
internal sealed class ReplayOptions
{
    /// <summary>Events that one replay sends in a second at most: 1 to 1000, default 50.</summary>
    [Range(1, 1000)]
    public int PerSecond { get; set; } = 50;

    /// <summary>Events of one replay that wait to be delivered at the same time; while there are as many it takes up no more: 1 to 10 000, default 200.</summary>
    [Range(1, 10_000)]
    public int OwedMax { get; set; } = 200;
}
