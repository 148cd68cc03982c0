using Line;

namespace Sandbox.Tokens;

/// <summary>A channel access token that can be revoked, without the token itself.</summary>
/// <param name="Hash">SHA-256 of the token, hex.</param>
/// <param name="KeyId">Of a v2.1 token: what <c>tokens/kid</c> lists. Null: a short-lived token.</param>
internal sealed record IssuedToken(string Hash, ChannelId ChannelId, string? KeyId, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
