using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Line.Json;

namespace Line.Webhooks;

/// <summary>Reads a webhook request's body into typed events. Check the signature first, on the same bytes.</summary>
public static class WebhookReader
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">The request's body, byte for byte.</param>
    /// <param name="request">The events; those of unknown types as <see cref="UnknownEvent"/>.</param>
    /// <param name="fault">What is wrong, when this returns false: answer 400.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out WebhookRequest? request, out WebhookFault fault)
    {
        var scan = WebhookScan.Read(body);
        fault = scan.Fault;
        if (fault != WebhookFault.None)
        {
            request = null;
            return false;
        }

        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = WebhookScan.DepthMax });
        var root = JsonElement.ParseValue(ref reader);
        request = new WebhookRequest(scan.Destination, [.. root.Items("events").Select(WebhookEvent.Read)]);
        return true;
    }

    /// <summary>Reads one event's own JSON, as <see cref="ScannedEvent.Raw"/> gives it.</summary>
    /// <exception cref="JsonException">No JSON.</exception>
    public static WebhookEvent ReadEvent(ReadOnlySpan<byte> eventJson)
    {
        var reader = new Utf8JsonReader(eventJson, new JsonReaderOptions { MaxDepth = WebhookScan.DepthMax });
        return WebhookEvent.Read(JsonElement.ParseValue(ref reader));
    }
}
