using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Facade;

/// <summary>How LINE's rate limits are kept. Configuration section "RateLimits".</summary>
internal sealed class RateLimitOptions
{
    /// <summary>How many gateways call LINE by the same channels: each keeps to its part of LINE's limits. 1 to 1000, default 1.</summary>
    [Range(1, 1000)]
    public int Gateways { get; set; } = 1;
}
