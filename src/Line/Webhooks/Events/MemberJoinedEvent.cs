using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>People joined a group or room.</summary>
public sealed class MemberJoinedEvent : WebhookEvent
{
    internal MemberJoinedEvent(JsonElement raw) : base(raw)
    {
        Members = [.. (raw.Object("joined") ?? default).Items("members").Select(member => member.Id<UserId>("userId")).OfType<UserId>()];
    }

    /// <summary>Who joined.</summary>
    public IReadOnlyList<UserId> Members { get; }
}
