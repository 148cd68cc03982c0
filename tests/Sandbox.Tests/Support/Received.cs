using System.Text.Json;

namespace Sandbox.Tests.Support;

/// <summary>One event as a channel's server got it.</summary>
public sealed record Received(string Destination, JsonElement Event, bool IsSigned, string? ContentType)
{
    public string Type => Event.GetProperty("type").GetString()!;

    public string Mode => Event.GetProperty("mode").GetString()!;

    public string EventId => Event.GetProperty("webhookEventId").GetString()!;

    public bool IsRedelivery => Event.GetProperty("deliveryContext").GetProperty("isRedelivery").GetBoolean();

    public string UserId => Event.GetProperty("source").GetProperty("userId").GetString()!;

    /// <summary>Null where the event has no such property, as a copy on standby must not.</summary>
    public string? ReplyToken => Event.TryGetProperty("replyToken", out var token) ? token.GetString() : null;
}
