using System.Text.Json.Serialization;
using Line.Json;

namespace Line.Audiences;

/// <summary>One upload into an audience.</summary>
/// <param name="AudienceGroupJobId">Its id.</param>
/// <param name="AudienceGroupId">The audience.</param>
public sealed record AudienceJob(long AudienceGroupJobId, long AudienceGroupId)
{
    /// <summary>What the upload was called.</summary>
    public string? Description { get; init; }

    /// <summary><c>DIFF_ADD</c>; an open set.</summary>
    public string? Type { get; init; }

    /// <summary><c>QUEUED</c>, <c>WORKING</c>, <c>FINISHED</c> or <c>FAILED</c>; an open set.</summary>
    public string? JobStatus { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailedType { get; init; }

    /// <summary>How many people it added.</summary>
    public long? AudienceCount { get; init; }

    /// <summary>When it was made.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Created { get; init; }
}
