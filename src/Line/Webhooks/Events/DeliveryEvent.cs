using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>A notification message reached the phone. It does not mean that it was read; without it, 24 hours after sending, it did not arrive.</summary>
public sealed class DeliveryEvent : WebhookEvent
{
    internal DeliveryEvent(JsonElement raw) : base(raw) => Data = raw.Object("delivery")?.Text("data") ?? "";

    /// <summary>The delivery tag that was sent along; without one, the hash of the phone number.</summary>
    public string Data { get; }
}
