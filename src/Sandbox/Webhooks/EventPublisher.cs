using System.Text.Json.Nodes;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Groups;
using Sandbox.Modules;
using Sandbox.Tokens;

namespace Sandbox.Webhooks;

/// <summary>Makes each receiver's own copy of an event and queues it: other ids for each channel, one copy active, a reply token in that one only.</summary>
internal sealed class EventPublisher(
    ChannelDirectory channels, LinkageBook linkages, ActiveChannels activeChannels, ChatIds chatIds, ScopedIds ids, ReplyTokens replyTokens, WebhookDispatcher dispatcher)
{
    /// <summary>An ordinary event of a chat, to the primary channel and to every module that may receive. Call it while the chat is being updated, so that the order holds.</summary>
    /// <param name="by">Who did it; null where LINE does not tell (who invited the account into a group).</param>
    /// <param name="payload">The event's own properties, copied into each receiver's event.</param>
    /// <param name="isReplyable">Whether this type of event bears a reply token in the active copy.</param>
    /// <param name="hasSource">False only for what LINE tells without saying of whom: a failed account link.</param>
    public void ToChat(Chat chat, Person? by, string type, JsonObject payload, bool isReplyable, DateTimeOffset at, bool hasSource = true) =>
        ToChat(chat, by, type, _ => payload.DeepClone().AsObject(), isReplyable, at, hasSource);

    /// <summary>The same for an event that names people, and so is another for each receiver.</summary>
    public void ToChat(Chat chat, Person? by, string type, Func<Channel, JsonObject> payload, bool isReplyable, DateTimeOffset at, bool hasSource = true)
    {
        var botId = chat.Key.BotId;
        var active = activeChannels.Of(chat.State, at);
        foreach (var receiver in Receivers(botId))
        {
            var isActive = receiver.Id == active?.Id;
            var replyToken = isActive && isReplyable ? replyTokens.Issue(receiver.Id, chat.Key, at) : null;
            Enqueue(receiver, botId, chat.Key, type, payload(receiver), hasSource ? Source(receiver, chat.Key, type, by) : null, isActive ? "active" : "standby", replyToken, at);
        }
    }

    /// <summary>An event that only module channels get: its mode is always active, also when the module just lost a chat.</summary>
    /// <param name="chat">The chat it is about; null: the whole account, and the event has no source.</param>
    /// <returns>Ends after the first attempt.</returns>
    public Task ToModule(Channel module, BotId botId, ChatKey? chat, string type, JsonObject payload, DateTimeOffset at) => module.ReceivesWebhooks
        ? Enqueue(module, botId, chat, type, payload, chat is { } key ? Source(module, key, type, by: null) : null, "active", replyToken: null, at)
        : Task.CompletedTask;

    /// <summary>An account-wide event to all its modules that may receive.</summary>
    public void ToModules(BotId botId, string type, DateTimeOffset at)
    {
        foreach (var receiver in Receivers(botId).Where(channel => channel.Kind == ChannelKind.Module))
            Enqueue(receiver, botId, chat: null, type, [], source: null, "active", replyToken: null, at);
    }

    private IEnumerable<Channel> Receivers(BotId botId)
    {
        if (channels.PrimaryOf(botId) is { ReceivesWebhooks: true } primary)
            yield return primary;

        foreach (var linkage in linkages.OfBot(botId))
        {
            if (linkage.Grants(Scopes.MessageReceive) && channels.TryFind(linkage.ChannelId, out var module) && module.ReceivesWebhooks)
                yield return module;
        }
    }

    /// <summary>LINE names the person in a group only where they wrote.</summary>
    private JsonObject? Source(Channel receiver, ChatKey chat, string type, Person? by)
    {
        if (chatIds.For(receiver, chat) is not { } id)
            return null;
        if (!chat.IsGroup)
            return new JsonObject { ["type"] = "user", ["userId"] = id };

        var isGroup = ChatIds.IsGroup(id, GroupKind.Group);
        var source = new JsonObject { ["type"] = isGroup ? "group" : "room", [isGroup ? "groupId" : "roomId"] = id };
        if (by is not null && type is ("message" or "messageEdited" or "unsend"))
            source["userId"] = ids.For(receiver, chat.BotId, by);
        return source;
    }

    private Task Enqueue(Channel receiver, BotId botId, ChatKey? chat, string type, JsonObject payload, JsonObject? source, string mode, string? replyToken, DateTimeOffset at)
    {
        var eventId = Ulid.New(at);
        var sent = new JsonObject { ["type"] = type };
        foreach (var (name, value) in payload)
            sent[name] = value?.DeepClone();
        sent["webhookEventId"] = eventId;
        sent["deliveryContext"] = null; // Keeps its place; each attempt writes its own.
        sent["timestamp"] = at.ToUnixTimeMilliseconds();
        if (source is not null)
            sent["source"] = source;
        if (replyToken is not null)
            sent["replyToken"] = replyToken;
        sent["mode"] = mode;
        var chatId = chat is { } key ? chatIds.For(receiver, key) : null;
        return dispatcher.Enqueue(new WebhookDelivery(receiver.Id, botId, chat?.Peer, chatId, type, eventId, mode, replyToken, sent));
    }
}
