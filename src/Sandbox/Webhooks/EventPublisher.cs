using System.Text.Json.Nodes;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Modules;
using Sandbox.Tokens;

namespace Sandbox.Webhooks;

/// <summary>Makes each receiver's own copy of an event and queues it: other ids for each channel, one copy active, a reply token in that one only.</summary>
internal sealed class EventPublisher(
    ChannelDirectory channels, LinkageBook linkages, ActiveChannels activeChannels, ScopedIds ids, ReplyTokens replyTokens, WebhookDispatcher dispatcher)
{
    /// <summary>An ordinary event of a chat, to the primary channel and to every module that may receive. Call it while the chat is being updated, so that the order holds.</summary>
    /// <param name="payload">The event's own properties, copied into each receiver's event.</param>
    /// <param name="isReplyable">Whether this type of event bears a reply token in the active copy.</param>
    /// <param name="hasSource">False only for what LINE tells without saying of whom: a failed account link.</param>
    public void ToChat(Chat chat, Person person, string type, JsonObject payload, bool isReplyable, DateTimeOffset at, bool hasSource = true)
    {
        var botId = chat.Key.BotId;
        var active = activeChannels.Of(chat.State, at);
        foreach (var receiver in Receivers(botId))
        {
            var isActive = receiver.Id == active?.Id;
            var replyToken = isActive && isReplyable ? replyTokens.Issue(receiver.Id, botId, person.Id, at) : null;
            Enqueue(receiver, botId, person, type, payload, isActive ? "active" : "standby", replyToken, at, hasSource);
        }
    }

    /// <summary>An event that only module channels get: its mode is always active, also when the module just lost a chat.</summary>
    /// <param name="person">The chat it is about; null: the whole account, and the event has no source.</param>
    /// <returns>Ends after the first attempt.</returns>
    public Task ToModule(Channel module, BotId botId, Person? person, string type, JsonObject payload, DateTimeOffset at) =>
        module.ReceivesWebhooks ? Enqueue(module, botId, person, type, payload, "active", replyToken: null, at) : Task.CompletedTask;

    /// <summary>An account-wide event to all its modules that may receive.</summary>
    public void ToModules(BotId botId, string type, DateTimeOffset at)
    {
        foreach (var receiver in Receivers(botId).Where(channel => channel.Kind == ChannelKind.Module))
            Enqueue(receiver, botId, null, type, [], "active", replyToken: null, at);
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

    private Task Enqueue(Channel receiver, BotId botId, Person? person, string type, JsonObject payload, string mode, string? replyToken, DateTimeOffset at, bool hasSource = true)
    {
        var eventId = Ulid.New(at);
        var chatId = person is null ? null : ids.For(receiver, botId, person);
        var sent = new JsonObject { ["type"] = type };
        foreach (var (name, value) in payload)
            sent[name] = value?.DeepClone();
        sent["webhookEventId"] = eventId;
        sent["deliveryContext"] = null; // Keeps its place; each attempt writes its own.
        sent["timestamp"] = at.ToUnixTimeMilliseconds();
        if (chatId is not null && hasSource)
            sent["source"] = new JsonObject { ["type"] = "user", ["userId"] = chatId };
        if (replyToken is not null)
            sent["replyToken"] = replyToken;
        sent["mode"] = mode;
        return dispatcher.Enqueue(new WebhookDelivery(receiver.Id, botId, person?.Id, chatId, type, eventId, mode, replyToken, sent));
    }
}
