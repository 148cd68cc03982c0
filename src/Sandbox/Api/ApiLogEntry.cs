using System.Text.Json.Nodes;
using Line;

namespace Sandbox.Api;

/// <summary>One line of the request log. Tokens and secrets never come in here.</summary>
internal sealed record ApiLogEntry(
    long Id, DateTimeOffset At, string Method, string Path, ChannelId? ChannelId, BotId? BotId, int Status, long Millis, string RequestId, JsonNode? Request, JsonNode? Response);
