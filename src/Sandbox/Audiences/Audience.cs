using Line;
using Sandbox.Api;
using Sandbox.Channels;

namespace Sandbox.Audiences;

/// <summary>One audience: people whom a narrowcast may be sent to.</summary>
/// <param name="Id">13 digits.</param>
/// <param name="ChannelId">Who made it; for a module channel, on this account.</param>
/// <param name="Members">People by our own ids; those of advertising ids are nobody here.</param>
/// <param name="Count">How many ids it was given, advertising ids included.</param>
/// <param name="IsReady">Whether it was ever usable.</param>
/// <param name="FailedType">Why it never will be; null: it did not fail.</param>
internal sealed record Audience(
    long Id, ChannelId ChannelId, BotId BotId, AudienceType Type, string Description, bool IsIfaAudience, string? RequestId, string? ClickUrl, DateTimeOffset CreatedAt,
    IReadOnlyList<string> Members, int Count, bool IsReady, string? FailedType, IReadOnlyList<AudienceJob> Jobs)
{
    /// <summary>Below this LINE says 0, but for uploads.</summary>
    public const int CountShownMin = 20;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);
    private static readonly TimeSpan KeptExpired = TimeSpan.FromDays(30);

    public DateTimeOffset ExpiresAt => CreatedAt + Lifetime;

    public bool IsGone(DateTimeOffset now) => now >= ExpiresAt + KeptExpired;

    public string Status(DateTimeOffset now) =>
        now >= ExpiresAt ? "EXPIRED"
        : IsReady ? "READY"
        : FailedType is not null ? "FAILED"
        : "IN_PROGRESS";

    /// <summary>As it is answered to who just made it.</summary>
    public object Created() => new
    {
        audienceGroupId = Id, createRoute = "MESSAGING_API", type = Name, description = Description, created = CreatedAt.ToUnixTimeSeconds(), permission = "READ_WRITE",
        expireTimestamp = ExpiresAt.ToUnixTimeSeconds(), isIfaAudience = IsIfaAudience, requestId = RequestId, clickUrl = ClickUrl,
    };

    /// <summary>As lists and single reads show it to a channel.</summary>
    public object View(Channel reader, DateTimeOffset now) => new
    {
        audienceGroupId = Id, createRoute = "MESSAGING_API", type = Name, description = Description, status = Status(now), failedType = FailedType,
        audienceCount = Type == AudienceType.Upload || Count >= CountShownMin ? Count : 0, created = CreatedAt.ToUnixTimeSeconds(),
        permission = ChannelId == reader.Id ? "READ_WRITE" : "READ", expireTimestamp = ExpiresAt.ToUnixTimeSeconds(), isIfaAudience = IsIfaAudience, requestId = RequestId, clickUrl = ClickUrl,
    };

    private string Name => Type.ToString().ToUpperInvariant();
}
