using System.Text.Json;
using Sandbox.Channels;
using Sandbox.Chats;

namespace Sandbox.Messaging;

/// <summary>Puts an account's messages into a chat.</summary>
internal sealed class Mailing(ChatBook chats, MessageIds messageIds)
{
    /// <summary>Appends the messages where the person can see them, and makes their ids in any case: the account cannot tell that it is blocked.</summary>
    public IReadOnlyList<SentMessage> Deliver(Chat chat, Channel sender, IReadOnlyList<JsonElement> messages, DateTimeOffset now)
    {
        var sent = new List<SentMessage>(messages.Count);
        foreach (var message in messages)
        {
            var id = messageIds.Next();
            var quoteToken = MessageRules.IsQuotable(message.GetProperty("type").GetString()) ? OpaqueToken.New() : null;
            if (chat.IsReachable(now))
                chats.Append(chat, id, "account", sender.Name, message, now, quoteToken: quoteToken);
            sent.Add(new SentMessage(id, quoteToken));
        }

        return sent;
    }
}
