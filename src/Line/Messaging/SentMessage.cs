namespace Line;

/// <summary>A message that LINE accepted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="QuoteToken">Lets later messages quote it; null for kinds that cannot be quoted.</param>
public sealed record SentMessage(string Id, string? QuoteToken);
