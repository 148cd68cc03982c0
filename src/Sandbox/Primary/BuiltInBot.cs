using System.Text.Json;
using Line;
using Sandbox.Channels;
using Sandbox.Http;
using Sandbox.Messaging;

namespace Sandbox.Primary;

/// <summary>A tiny bot that stands behind a primary channel which has no server of its own: it keeps what it gets, and answers with one fixed text when it is active.</summary>
/// <remarks>It gets its webhooks over HTTP like any other server, so that they are signed, logged and timed alike.</remarks>
internal sealed class BuiltInBot(ChannelDirectory channels, Replies replies)
{
    public const int KeptMax = 100;
    private readonly Lock _lock = new();
    private readonly Dictionary<ChannelId, Queue<JsonElement>> _received = [];

    /// <summary>Where a channel's webhooks go, when this bot plays its server.</summary>
    public static string Path(ChannelId channelId) => $"/sandbox/primary/{channelId}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sandbox/primary/{channelId}", async (ChannelId channelId, HttpContext http, BuiltInBot bot) =>
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return bot.Receive(channelId, body.ToArray(), http.Request.Headers[LineSignature.HeaderName].ToString());
    });

    /// <summary>The newest events that the channel got, oldest first.</summary>
    public IReadOnlyList<JsonElement> Received(ChannelId channelId)
    {
        lock (_lock)
            return [.. _received.GetValueOrDefault(channelId) ?? []];
    }

    private IResult Receive(ChannelId channelId, byte[] body, string signature)
    {
        if (!channels.TryFind(channelId, out var channel) || channel.PrimaryOf is not { } botId || !new LineSignature(channel.Secret).IsValid(body, signature))
            return Results.Unauthorized();

        foreach (var received in JsonSerializer.Deserialize<JsonElement>(body).GetProperty("events").EnumerateArray())
        {
            Keep(channelId, received);
            if (channel.Answer is { } answer && received.GetProperty("type").ValueEquals("message") && received.TryGetProperty("replyToken", out var token))
                replies.TryReply(channel, botId, token.GetString()!, [Json.Element(new { type = "text", text = answer })]);
        }

        return Results.Ok();
    }

    private void Keep(ChannelId channelId, JsonElement received)
    {
        lock (_lock)
        {
            if (!_received.TryGetValue(channelId, out var kept))
                _received[channelId] = kept = new Queue<JsonElement>();
            kept.Enqueue(received);
            if (kept.Count > KeptMax)
                kept.Dequeue();
        }
    }
}
