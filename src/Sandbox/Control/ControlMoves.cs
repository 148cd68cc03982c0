using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Phone;

namespace Sandbox.Control;

/// <summary>Writes into the time line that a chat's active channel changed.</summary>
internal sealed class ControlMoves(Timeline timeline)
{
    public void Record(ChatKey key, Channel? active, DateTimeOffset? expiresAt, string cause, DateTimeOffset at) => timeline.Add(new TimelineEntry(
        0, at, "line", "control", key.BotId, key.Peer, Active: ActiveChannel.Of(active, expiresAt), Text: $"{cause}: {active?.Name ?? "no channel"} is active"));
}
