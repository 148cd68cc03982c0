using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A person added the account as a friend.</summary>
public sealed class FollowEvent : WebhookEvent
{
    internal FollowEvent(JsonElement raw) : base(raw)
    {
        IsUnblocked = raw.Object("follow")?.Flag("isUnblocked") ?? false;
    }

    /// <summary>Whether they had blocked it before; LINE calls this not fully reliable.</summary>
    public bool IsUnblocked { get; }
}
