using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Somebody came near a beacon.</summary>
public sealed class BeaconEvent : WebhookEvent
{
    internal BeaconEvent(JsonElement raw) : base(raw)
    {
        var beacon = raw.Object("beacon") ?? default;
        HardwareId = beacon.Text("hwid") ?? "";
        Kind = beacon.Text("type") ?? "";
        DeviceMessage = beacon.Text("dm");
    }

    /// <summary>The beacon's hardware id.</summary>
    public string HardwareId { get; }

    /// <summary>"enter", "banner" or "stay"; an open set.</summary>
    public string Kind { get; }

    /// <summary>What the device sent along, hex.</summary>
    public string? DeviceMessage { get; }
}
