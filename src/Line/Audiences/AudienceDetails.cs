using System.Text.Json.Serialization;

namespace Line.Audiences;

/// <summary>An audience and what was uploaded into it.</summary>
/// <param name="Audience">The audience.</param>
/// <param name="Jobs">The last uploads, 50 at most.</param>
public sealed record AudienceDetails([property: JsonPropertyName("audienceGroup")] Audience Audience, IReadOnlyList<AudienceJob>? Jobs)
{
    /// <summary>The ad account that shares it.</summary>
    [JsonPropertyName("adaccount")]
    public AdAccount? AdAccount { get; init; }

    /// <summary>Who shares it.</summary>
    public AudienceOwner? Owner { get; init; }
}
