using System.Text.Json;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Webhooks;

namespace Sandbox.Messaging;

/// <summary>Spends reply tokens.</summary>
internal sealed class Replies(ReplyTokens tokens, ChatBook chats, PeopleDirectory people, Mailing mailing, TimeProvider clock)
{
    /// <summary>Answers the event behind the token; null when the token is not (or no longer) this channel's to use.</summary>
    public (Person Person, IReadOnlyList<SentMessage> Sent)? TryReply(Channel channel, BotId botId, string token, IReadOnlyList<JsonElement> messages)
    {
        var now = clock.GetUtcNow();
        if (!tokens.TryUse(token, channel.Id, botId, now, out var entry) || !people.TryFind(entry.PersonId, out var person))
            return null;

        return (person, chats.Update(new ChatKey(botId, person.Id), chat => mailing.Deliver(chat, channel, messages, now)));
    }
}
