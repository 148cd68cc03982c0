namespace Sandbox.Consent;

/// <summary>An authorization URL that is wrong.</summary>
/// <param name="Error">OAuth's code.</param>
/// <param name="RedirectUri">Where to say so; null: to the person, on a page, because the URL may be an attacker's.</param>
internal sealed record AuthorizeFault(string Error, string Description, string? RedirectUri, string? State);
