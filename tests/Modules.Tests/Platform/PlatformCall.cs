using System.Text.Json;

namespace Modules.Tests.Platform;

/// <summary>A call that a module made, and how it was answered.</summary>
public sealed record PlatformCall(string Method, string Path, string? Bot, string Body, string? RetryKey, int Status)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The text of the first message that was sent.</summary>
    public string Text => Json.GetProperty("messages")[0] is var message && message.TryGetProperty("text", out var text)
        ? text.GetString()!
        : message.GetProperty("altText").GetString()!;
}
