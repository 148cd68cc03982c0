using System.Text.Json;

namespace Line.Webhooks;

/// <summary>A person blocked the account. It may come for somebody who never followed it.</summary>
public sealed class UnfollowEvent : WebhookEvent
{
    internal UnfollowEvent(JsonElement raw) : base(raw)
    {
    }
}
