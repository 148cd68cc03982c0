using System.Text.Json.Serialization;
using Line.Json;

namespace Line.Audiences;

/// <summary>A set of people that LINE keeps, for 180 days.</summary>
/// <param name="AudienceGroupId">Its id.</param>
public sealed record Audience(long AudienceGroupId)
{
    /// <summary>What it is made of: <c>UPLOAD</c>, <c>CLICK</c>, <c>IMP</c>, <c>CHAT_TAG</c> ...; an open set.</summary>
    public string? Type { get; init; }

    /// <summary>Its name.</summary>
    public string? Description { get; init; }

    /// <summary><c>IN_PROGRESS</c>, <c>READY</c>, <c>FAILED</c>, <c>EXPIRED</c>, <c>INACTIVE</c> or <c>ACTIVATING</c>; an open set. Null in answers to creating.</summary>
    public string? Status { get; init; }

    /// <summary>Why it failed: <c>AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT</c>, <c>INTERNAL_ERROR</c>; an open set.</summary>
    public string? FailedType { get; init; }

    /// <summary>How many people are in it; below 20 LINE says 0 of most kinds.</summary>
    public long? AudienceCount { get; init; }

    /// <summary>When it was made.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it ends.</summary>
    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? ExpireTimestamp { get; init; }

    /// <summary>The send whose readers or clickers it holds.</summary>
    public string? RequestId { get; init; }

    /// <summary>The link whose clickers it holds.</summary>
    public string? ClickUrl { get; init; }

    /// <summary>Whether it holds identifiers for advertisers, and no user ids.</summary>
    public bool? IsIfaAudience { get; init; }

    /// <summary><c>READ</c> or <c>READ_WRITE</c>: whether this channel may change it.</summary>
    public string? Permission { get; init; }

    /// <summary>Where it was made: <c>OA_MANAGER</c>, <c>MESSAGING_API</c>, <c>POINT_AD</c>, <c>AD_MANAGER</c>; an open set.</summary>
    public string? CreateRoute { get; init; }
}
