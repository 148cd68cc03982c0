using System.Text.Json.Nodes;
using Line;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Tokens;
using Sandbox.Webhooks;

namespace Sandbox.Modules;

/// <summary>Ends linkages, whoever wants it: the module itself, the account's manager, or the end of the account.</summary>
internal sealed class Detaching(LinkageBook linkages, ChatBook chats, EventPublisher events, TimeProvider clock)
{
    /// <summary>Detaches and tells the module; false when it was not attached. Chats that it held go to the primary channel.</summary>
    /// <param name="reason">LINE documents one: <c>bot_deleted</c>. Null: none is said.</param>
    public bool Detach(Channel module, BotId botId, string? reason)
    {
        if (linkages.Detach(module.Id, botId) is not { } ended)
            return false;

        chats.UpdateAll(botId, chat => chat.Control.ChannelId == module.Id ? chat with { Control = ChatControl.GivenBack(ChatReturn.Primary) } : chat);
        var detached = new JsonObject { ["type"] = "detached", ["botId"] = botId.ToString() };
        if (reason is not null)
            detached["reason"] = reason;
        if (ended.Grants(Scopes.MessageReceive))
            events.ToModule(module, botId, chat: null, "module", new JsonObject { ["module"] = detached }, clock.GetUtcNow());
        return true;
    }
}
