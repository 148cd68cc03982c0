namespace Line;

/// <summary>A page of the accounts that a module channel is attached to.</summary>
/// <param name="Bots">100 at most.</param>
/// <param name="Next">Asks for the next page, good for 24 hours; null on the last one.</param>
public sealed record BotPage(IReadOnlyList<BotInfo> Bots, string? Next);
