using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>People left a group or room.</summary>
public sealed class MemberLeftEvent : WebhookEvent
{
    internal MemberLeftEvent(JsonElement raw) : base(raw)
    {
        Members = [.. (raw.Object("left") ?? default).Items("members").Select(member => member.Id<UserId>("userId")).OfType<UserId>()];
    }

    /// <summary>Who left.</summary>
    public IReadOnlyList<UserId> Members { get; }
}
