using Line.RichMenus;

namespace Line.Insights;

/// <summary>How often an area was tapped.</summary>
/// <param name="Bounds">The area.</param>
/// <param name="Metrics">The numbers.</param>
public sealed record RichMenuClick(RichMenuBounds Bounds, RichMenuMetrics Metrics);
