using System.Text.Json.Serialization;
using Line.Json;

namespace Line.Insights;

/// <summary>What people did with a send, in all.</summary>
public sealed record MessageEventsOverview
{
    /// <summary>The send; null for a unit.</summary>
    public string? RequestId { get; init; }

    /// <summary>When it was sent; null for a unit.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>How many were delivered.</summary>
    public long? Delivered { get; init; }

    /// <summary>How many people saw it.</summary>
    public long? UniqueImpression { get; init; }

    /// <summary>How many people followed a link.</summary>
    public long? UniqueClick { get; init; }

    /// <summary>How many people played a video or sound.</summary>
    public long? UniqueMediaPlayed { get; init; }

    /// <summary>How many people played one to its end.</summary>
    [JsonPropertyName("uniqueMediaPlayed100Percent")]
    public long? UniqueMediaPlayedToEnd { get; init; }
}
