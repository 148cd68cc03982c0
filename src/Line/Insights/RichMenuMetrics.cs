namespace Line.Insights;

/// <summary>How often, and by how many.</summary>
/// <param name="Count">How often.</param>
/// <param name="UniqueUsers">By how many people.</param>
public sealed record RichMenuMetrics(long Count, long UniqueUsers);
