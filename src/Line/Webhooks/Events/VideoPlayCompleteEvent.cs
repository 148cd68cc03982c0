using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody watched a video to its end.</summary>
public sealed class VideoPlayCompleteEvent : WebhookEvent
{
    internal VideoPlayCompleteEvent(JsonElement raw) : base(raw)
    {
        TrackingId = raw.Object("videoPlayComplete")?.Text("trackingId") ?? "";
    }

    /// <summary>The video message's own tracking id.</summary>
    public string TrackingId { get; }
}
