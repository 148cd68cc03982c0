using System.Text.Json.Serialization;

namespace Line.Audiences;

/// <summary>A page of audiences.</summary>
/// <param name="Audiences">Those on it.</param>
public sealed record AudiencePage([property: JsonPropertyName("audienceGroups")] IReadOnlyList<Audience> Audiences)
{
    /// <summary>Whether more remain.</summary>
    public bool HasNextPage { get; init; }

    /// <summary>How many match.</summary>
    public long TotalCount { get; init; }

    /// <summary>How many of them this channel may change.</summary>
    public long ReadWriteAudienceGroupTotalCount { get; init; }

    /// <summary>Which page this is, from 1.</summary>
    public long Page { get; init; }

    /// <summary>How many fit on one.</summary>
    public long Size { get; init; }
}
