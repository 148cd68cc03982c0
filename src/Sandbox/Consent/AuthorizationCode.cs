using Line;

namespace Sandbox.Consent;

/// <summary>A manager's consent that waits to be exchanged.</summary>
/// <param name="Scopes">What was left ticked.</param>
internal sealed record AuthorizationCode(string Code, AuthorizeRequest Request, BotId BotId, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);
