using Line;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Modules;

namespace Sandbox.Phone;

/// <summary>Finds whose chat an attached module channel means by a chat id, so that the gateway's entries can be filtered by chat.</summary>
internal sealed class ModuleChatIds(LinkageBook linkages, ChannelDirectory channels, ChatIds ids)
{
    /// <summary>The person's or group's id; null when no attached channel knows the chat by this id.</summary>
    public string? PersonOf(BotId botId, string chatId)
    {
        foreach (var linkage in linkages.OfBot(botId))
        {
            if (channels.TryFind(linkage.ChannelId, out var channel) && ids.Find(channel, botId, chatId) is { } chat)
                return chat.Peer;
        }

        return null;
    }
}
