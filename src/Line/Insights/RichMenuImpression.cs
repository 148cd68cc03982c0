namespace Line.Insights;

/// <summary>How often a rich menu was seen.</summary>
/// <param name="Metrics">The numbers.</param>
public sealed record RichMenuImpression(RichMenuMetrics Metrics);
