using Sandbox.Api;
using Sandbox.Chats;

namespace Sandbox.Control;

/// <summary>Reads the <c>{chatId}</c> of a path.</summary>
internal sealed class ChatTarget(ChatIds ids)
{
    /// <summary>The chat that the caller means; or the refusal: 400 for an id of no shape, 404 for one that is nobody's or of a group that the account is not in.</summary>
    public (LineAnswer? Refusal, ChatKey Chat) Find(ApiCall call)
    {
        var chatId = call.Route("chatId");
        if (ids.Find(call.Channel, call.Account.BotId, chatId) is { } key)
        {
            call.Chat = key;
            call.ChatId = chatId;
            return (null, key);
        }

        return (ChatIds.IsWellFormed(call.Channel, call.Account.BotId, chatId) ? LineErrors.NotFound : LineErrors.InvalidParameter("chatId"), default);
    }
}
