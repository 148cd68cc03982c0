using Microsoft.Extensions.Options;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Modules;

namespace Sandbox.Control;

/// <summary>Which channel is active in a chat, from the chat's control, the account's Default Active module and its primary channel.</summary>
internal sealed class ActiveChannels(ChannelDirectory channels, LinkageBook linkages, IOptions<SandboxOptions> options)
{
    /// <summary>The active channel at <paramref name="now"/>; null when the account has none that could be.</summary>
    public Channel? Of(ChatState chat, DateTimeOffset now)
    {
        var botId = chat.Key.BotId;
        var active = Settled(chat, now).Active(linkages.DefaultActive(botId)?.Id, channels.PrimaryOf(botId)?.Id);
        return active is { } id && channels.TryFind(id, out var channel) ? channel : null;
    }

    /// <summary>The chat's control with an expiry that is due applied.</summary>
    public ChatControl Settled(ChatState chat, DateTimeOffset now) => chat.Control.At(now, options.Value.Control.ReturnsTo);
}
