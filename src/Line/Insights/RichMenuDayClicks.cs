using Line.RichMenus;

namespace Line.Insights;

/// <summary>How often an area was tapped, day by day.</summary>
/// <param name="Bounds">The area.</param>
/// <param name="Metrics">The numbers.</param>
public sealed record RichMenuDayClicks(RichMenuBounds Bounds, IReadOnlyList<RichMenuDay> Metrics);
