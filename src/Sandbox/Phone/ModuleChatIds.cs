using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Modules;

namespace Sandbox.Phone;

/// <summary>Finds whose chat an attached module channel means by a chat id, so that the gateway's entries can be filtered by chat.</summary>
internal sealed class ModuleChatIds(LinkageBook linkages, ChannelDirectory channels, ScopedIds ids)
{
    /// <summary>The person's id; null when no attached channel knows the chat by this id.</summary>
    public string? PersonOf(BotId botId, string chatId)
    {
        foreach (var linkage in linkages.OfBot(botId))
        {
            if (channels.TryFind(linkage.ChannelId, out var channel) && ids.TryFind(channel, botId, chatId, out var person))
                return person.Id;
        }

        return null;
    }
}
