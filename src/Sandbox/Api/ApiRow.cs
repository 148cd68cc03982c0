namespace Sandbox.Api;

/// <summary>One call of LINE's API: who may make it and how often.</summary>
/// <param name="Path">Route template.</param>
/// <param name="Scope">What a module channel must have been granted; null: nothing.</param>
/// <param name="PerSecond">LINE's limit, per channel and (for a module channel) account.</param>
/// <param name="NamesBot">Whether a module channel must name the account in the bot header.</param>
/// <param name="Burst">How many may come at once where LINE counts by the hour; null: a second's worth.</param>
/// <param name="TakesRetryKey">Whether <c>X-Line-Retry-Key</c> is taken; elsewhere it is refused on sending calls.</param>
internal sealed record ApiRow(string Method, string Path, string? Scope, double PerSecond = 2000, bool NamesBot = true, bool TakesRetryKey = false, int? Burst = null)
{
    /// <summary>How many may come at once.</summary>
    public double AtOnce => Burst ?? PerSecond;
}
