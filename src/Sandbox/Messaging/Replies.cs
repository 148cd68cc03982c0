using System.Text.Json;
using Line;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Webhooks;

namespace Sandbox.Messaging;

/// <summary>Spends reply tokens.</summary>
internal sealed class Replies(ReplyTokens tokens, ChatBook chats, Mailing mailing, TimeProvider clock)
{
    /// <summary>The chat that a reply with this token would go to; null when it could not be used now.</summary>
    public ChatKey? ChatOf(Channel channel, BotId botId, string token) => tokens.Find(token, channel.Id, botId, clock.GetUtcNow())?.Chat;

    /// <summary>Answers the event behind the token; null when the token is not (or no longer) this channel's to use.</summary>
    public (ChatKey Chat, IReadOnlyList<SentMessage> Sent)? TryReply(Channel channel, BotId botId, string token, IReadOnlyList<JsonElement> messages)
    {
        var now = clock.GetUtcNow();
        if (!tokens.TryUse(token, channel.Id, botId, now, out var entry))
            return null;

        return (entry.Chat, chats.Update(entry.Chat, chat => mailing.Deliver(chat, channel, messages, now)));
    }
}
