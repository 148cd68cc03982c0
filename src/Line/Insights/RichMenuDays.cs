using System.Text.Json.Serialization;
using Line.Json;

namespace Line.Insights;

/// <summary>How often a rich menu was seen and tapped, day by day.</summary>
/// <param name="RichMenuId">The menu.</param>
public sealed record RichMenuDays(string RichMenuId)
{
    /// <summary>The first day counted.</summary>
    [JsonConverter(typeof(CompactDateConverter))]
    public DateOnly? MetricsFrom { get; init; }

    /// <summary>The last day counted.</summary>
    [JsonConverter(typeof(CompactDateConverter))]
    public DateOnly? MetricsTo { get; init; }

    /// <summary>How often it was seen.</summary>
    public RichMenuDayImpressions? Impression { get; init; }

    /// <summary>By area.</summary>
    public IReadOnlyList<RichMenuDayClicks>? Clicks { get; init; }
}
