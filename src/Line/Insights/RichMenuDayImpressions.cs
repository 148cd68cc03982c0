namespace Line.Insights;

/// <summary>How often a rich menu was seen, day by day.</summary>
/// <param name="Metrics">The numbers.</param>
public sealed record RichMenuDayImpressions(IReadOnlyList<RichMenuDay> Metrics);
