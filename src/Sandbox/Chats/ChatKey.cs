using System.Text.Json.Serialization;
using Line;

namespace Sandbox.Chats;

/// <summary>One chat of an Official Account: with a person, or with a group or room that it is in.</summary>
/// <param name="Peer">A person's id, or a group's, which alone bears a colon.</param>
internal readonly record struct ChatKey(BotId BotId, [property: JsonPropertyName("personId")] string Peer)
{
    /// <summary>Whether several people are in it.</summary>
    [JsonIgnore]
    public bool IsGroup => Peer.Contains(':', StringComparison.Ordinal);

    public override string ToString() => $"{BotId}|{Peer}";
}
