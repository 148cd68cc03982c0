namespace Sandbox.Api;

/// <summary>One call of LINE's API: who may make it and how often.</summary>
/// <param name="Path">Route template.</param>
/// <param name="Scope">What a module channel must have been granted; null: nothing.</param>
/// <param name="Rate">LINE's limit, per channel and (for a module channel) account; null: what holds for most calls.</param>
/// <param name="NamesBot">Whether a module channel must name the account in the bot header.</param>
/// <param name="TakesRetryKey">Whether <c>X-Line-Retry-Key</c> is taken; elsewhere it is refused on sending calls.</param>
/// <param name="ReadsBody">Whether the handler reads the body itself, because it is no JSON: pictures and files.</param>
internal sealed record ApiRow(string Method, string Path, string? Scope, Rate? Rate = null, bool NamesBot = true, bool TakesRetryKey = false, bool ReadsBody = false)
{
    public Rate Limit => Rate ?? Api.Rate.Usual;
}
