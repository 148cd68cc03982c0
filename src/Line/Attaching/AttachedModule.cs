namespace Line;

/// <summary>A module channel is attached to this account.</summary>
/// <param name="Bot">The account's bot.</param>
/// <param name="Scopes">What the account manager granted, perhaps less than was asked for.</param>
public sealed record AttachedModule(BotId Bot, IReadOnlyList<string> Scopes);
