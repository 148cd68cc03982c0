using System.Text.Json.Serialization;
using Line;
using Sandbox.Chats;

namespace Sandbox.Webhooks;

/// <summary>The right to answer one event once, bound to the channel that was active and to the chat.</summary>
/// <param name="Peer">Of the chat.</param>
/// <param name="EventAt">When the event occurred: 20 minutes later the token is dead whatever was sent.</param>
/// <param name="SentAt">When the event was last sent to the channel: the token lives 60 s from then. Null: not yet.</param>
internal sealed record ReplyTokenEntry(string Token, ChannelId ChannelId, BotId BotId, [property: JsonPropertyName("personId")] string Peer, DateTimeOffset EventAt, DateTimeOffset? SentAt)
{
    [JsonIgnore]
    public ChatKey Chat => new(BotId, Peer);
}
