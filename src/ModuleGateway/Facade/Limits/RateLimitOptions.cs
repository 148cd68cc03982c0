using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Facade;

/// <summary>How LINE's rate limits are kept. Configuration section "RateLimits".</summary>
internal sealed class RateLimitOptions
{
    /// <summary>How many gateways call LINE by the same channels: each keeps to its part of LINE's limits. 1 to 1000, default 1.</summary>
    [Range(1, 1000)]
    public int Gateways { get; set; } = 1;

    /// <summary>Calls a second for one account, each kind for itself, of those that LINE's table of limits does not name: 1 to 1 000 000, default 2000, as LINE. More only where LINE has said so.</summary>
    [Range(1, 1_000_000)]
    public int UsualCallsPerSecond { get; set; } = RateLimit.Usual.Calls;
}
