using Sandbox.Channels;

namespace Sandbox.Phone;

/// <summary>Who may answer in a chat now.</summary>
/// <param name="Kind">"module", "primary", or "none" where the account has no channel that could be.</param>
/// <param name="ExpiresAt">End of a timed hold; null: no end.</param>
internal sealed record ActiveChannel(string Kind, TimelineChannel? Channel, DateTimeOffset? ExpiresAt)
{
    public static ActiveChannel Of(Channel? channel, DateTimeOffset? expiresAt) => channel is null
        ? new ActiveChannel("none", null, null)
        : new ActiveChannel(channel.Kind == ChannelKind.Module ? "module" : "primary", TimelineChannel.Of(channel), expiresAt);
}
