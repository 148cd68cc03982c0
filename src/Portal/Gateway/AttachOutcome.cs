using System.Text.Json.Serialization;
using Line;

namespace Portal.Gateway;

[JsonConverter(typeof(JsonStringEnumConverter<AttachState>))]
public enum AttachState
{
    /// <summary>The browser has not come back from LINE.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>LINE attached our channel; the connection stands in the registry.</summary>
    [JsonStringEnumMemberName("attached")] Attached,

    /// <summary>The person said no at LINE.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>LINE or the exchange failed; trying again may help.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>What became of an attach request.</summary>
/// <param name="IsProven">Whether the proof that was asked with is the one that the browser which came back from LINE was given.</param>
/// <param name="BotId">Set when attached, like the fields that describe the bot.</param>
/// <param name="Scopes">What LINE granted, which may be fewer than asked for.</param>
/// <param name="Error">LINE's or the gateway's code when refused or failed.</param>
public sealed record AttachOutcome(
    Guid Id,
    AttachState State,
    BotId? BotId,
    IReadOnlyList<string>? Scopes,
    string? DisplayName,
    string? BasicId,
    string? PictureUrl,
    string? Error,
    string? ErrorDescription,
    bool IsProven = false);
