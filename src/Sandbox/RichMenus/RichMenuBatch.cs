using Line;

namespace Sandbox.RichMenus;

/// <summary>One accepted batch of link changes.</summary>
/// <param name="Changes">From a menu's id to the new one, or to null for none. Empty: it resumes a batch that has nothing left to do.</param>
/// <param name="CompletedAt">Null: not done yet.</param>
internal sealed record RichMenuBatch(
    string RequestId, ChannelId ChannelId, BotId BotId, IReadOnlyDictionary<string, string?> Changes, bool UnlinksAll, string? ResumeKey, DateTimeOffset AcceptedAt, DateTimeOffset? CompletedAt = null, bool HasFailed = false);
