using System.Text.Json;
using Line;

namespace Sandbox.Narrowcasts;

/// <summary>One accepted narrowcast.</summary>
/// <param name="Recipient">The request's recipient object; null: all friends.</param>
/// <param name="Demographic">The request's demographic filter; null: none.</param>
/// <param name="Max">Messages at most; null: no limit.</param>
/// <param name="Reserved">Messages of the month that are held back for it until it is done.</param>
/// <param name="CompletedAt">Null: not done yet.</param>
/// <param name="ErrorCode">LINE's summary of what went wrong; null: nothing did.</param>
internal sealed record Narrowcast(
    string RequestId, ChannelId ChannelId, BotId BotId, IReadOnlyList<JsonElement> Messages, JsonElement? Recipient, JsonElement? Demographic,
    int? Max, bool UpToRemainingQuota, bool ForbidsPartialDelivery, long Reserved, DateTimeOffset AcceptedAt,
    DateTimeOffset? CompletedAt = null, int? Targets = null, int? ErrorCode = null, string? FailedDescription = null);
