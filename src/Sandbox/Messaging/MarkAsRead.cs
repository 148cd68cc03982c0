using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;

namespace Sandbox.Messaging;

/// <summary>Marks what a person wrote as read: up to one message by its token, or (the old call) the whole chat with a person.</summary>
internal sealed class MarkAsRead(ChatBook chats, ChatIds chatIds, ScopedIds ids)
{
    /// <summary><c>POST /v2/bot/chat/markAsRead</c></summary>
    public LineAnswer ByToken(ApiCall call)
    {
        var check = new BodyCheck();
        var token = check.Text(call.BodyOrEmpty, "", "markAsReadToken", 1000);
        if (check.Refusal is { } refusal)
            return refusal;
        if (chats.FindByReadToken(call.Account.BotId, token!) is not var (key, seq))
            return LineErrors.InvalidReadToken;

        return Mark(call, key, _ => seq);
    }

    /// <summary><c>POST /v2/bot/message/markAsRead</c></summary>
    public LineAnswer ByChat(ApiCall call)
    {
        var check = new BodyCheck();
        var chat = check.Object(call.BodyOrEmpty, "", "chat");
        var userId = chat is { } named ? check.Text(named, "chat", "userId", 128) : null;
        if (check.Refusal is { } refusal)
            return refusal;
        if (!ids.TryFind(call.Channel, call.Account.BotId, userId!, out var person))
            return LineErrors.InvalidProperty("chat.chatId"); // LINE's word for it, though the property is called userId.

        return Mark(call, new ChatKey(call.Account.BotId, person.Id), state => state.LastSeq);
    }

    private LineAnswer Mark(ApiCall call, ChatKey key, Func<ChatState, long> upTo)
    {
        call.Chat = key;
        call.ChatId = chatIds.For(call.Channel, key);
        return chats.Update(key, chat =>
        {
            chat.State = chat.State with { ReadSeq = Math.Max(chat.State.ReadSeq, upTo(chat.State)) };
            return LineAnswer.Empty;
        });
    }
}
