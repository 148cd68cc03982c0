using System.Text.Json.Serialization;

namespace Line.Insights;

/// <summary>What people did with one message bubble.</summary>
/// <param name="Seq">Which, from 1.</param>
public sealed record MessageEventsMessage(int Seq)
{
    /// <summary>How often it was seen.</summary>
    public long? Impression { get; init; }

    /// <summary>By how many people.</summary>
    public long? UniqueImpression { get; init; }

    /// <summary>How often it was played.</summary>
    public long? MediaPlayed { get; init; }

    /// <summary>How often to a quarter.</summary>
    [JsonPropertyName("mediaPlayed25Percent")]
    public long? MediaPlayedToQuarter { get; init; }

    /// <summary>How often to half.</summary>
    [JsonPropertyName("mediaPlayed50Percent")]
    public long? MediaPlayedToHalf { get; init; }

    /// <summary>How often to three quarters.</summary>
    [JsonPropertyName("mediaPlayed75Percent")]
    public long? MediaPlayedToThreeQuarters { get; init; }

    /// <summary>How often to its end.</summary>
    [JsonPropertyName("mediaPlayed100Percent")]
    public long? MediaPlayedToEnd { get; init; }

    /// <summary>How many people played it.</summary>
    public long? UniqueMediaPlayed { get; init; }

    /// <summary>How many people to a quarter.</summary>
    [JsonPropertyName("uniqueMediaPlayed25Percent")]
    public long? UniqueMediaPlayedToQuarter { get; init; }

    /// <summary>How many people to half.</summary>
    [JsonPropertyName("uniqueMediaPlayed50Percent")]
    public long? UniqueMediaPlayedToHalf { get; init; }

    /// <summary>How many people to three quarters.</summary>
    [JsonPropertyName("uniqueMediaPlayed75Percent")]
    public long? UniqueMediaPlayedToThreeQuarters { get; init; }

    /// <summary>How many people to its end.</summary>
    [JsonPropertyName("uniqueMediaPlayed100Percent")]
    public long? UniqueMediaPlayedToEnd { get; init; }
}
