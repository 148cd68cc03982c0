using Line;

namespace Sandbox.AccountLinks;

/// <summary>The right to begin linking one person with a service's own account, once.</summary>
/// <param name="PersonId">For whom it was issued: nobody else can link with it.</param>
internal sealed record LinkToken(string Token, BotId BotId, string PersonId, DateTimeOffset ExpiresAt);
