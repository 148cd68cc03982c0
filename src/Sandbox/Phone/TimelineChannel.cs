using Line;
using Sandbox.Channels;

namespace Sandbox.Phone;

/// <summary>A channel as the side panel names it.</summary>
internal sealed record TimelineChannel(ChannelId Id, string Name, ChannelKind Kind)
{
    public static TimelineChannel Of(Channel channel) => new(channel.Id, channel.Name, channel.Kind);
}
