namespace Line;

/// <summary>What LINE says of a token that is good.</summary>
/// <param name="Channel">The channel it belongs to.</param>
/// <param name="Lifetime">How long it is good from now.</param>
/// <param name="Scope">Its permissions, where LINE tells.</param>
public sealed record ChannelTokenInfo(ChannelId Channel, TimeSpan Lifetime, string? Scope);
