using System.Text.Json.Nodes;
using Sandbox.Chats;
using Sandbox.Http;
using Sandbox.Store;
using Sandbox.Webhooks;

namespace Sandbox.Phone;

/// <summary>What a person can still do with a message of their own: take it back, and in a group change its words.</summary>
/// <remarks>Source: reference, "Unsend event", "Message edited event".</remarks>
internal sealed class PersonChanges(Acting acting, ChatBook chats, EventPublisher events, Mentions mentions, DocumentStore store)
{
    /// <summary>LINE asks all who have the message to erase it: here it and its picture are gone at once.</summary>
    public PersonAct Unsend(Speaker speaker, string messageId) => acting.Do(speaker, needsFriend: true, (chat, person, now) =>
    {
        if (Own(speaker, messageId) is not { } message)
            return new PersonAct(PersonRefusal.NoSuchMessage);

        chats.Replace(chat, message with { Message = Json.Element(new { type = "unsent" }), QuoteToken = null });
        store.DropContent(messageId);
        acting.Say(chat, person, "unsend", "took a message back", now);
        events.ToChat(chat, person, "unsend", new JsonObject { ["unsend"] = new JsonObject { ["messageId"] = messageId } }, isReplyable: false, now);
        return PersonAct.Done;
    });

    /// <summary>The message keeps its id, and has a new quote token.</summary>
    public PersonAct Edit(Speaker speaker, string messageId, string text) => acting.Do(speaker, needsFriend: true, (chat, person, now) =>
    {
        if (!chat.Key.IsGroup)
            return new PersonAct(PersonRefusal.NotHere);
        if (Own(speaker, messageId) is not { } message || !message.Message.GetProperty("type").ValueEquals("text"))
            return new PersonAct(PersonRefusal.NoSuchMessage);

        var quoteToken = OpaqueToken.New();
        chats.Replace(chat, message with { Message = Json.Element(new { type = "text", text, isEdited = true }), QuoteToken = quoteToken });
        acting.Say(chat, person, "messageEdited", "changed a message", now, Json.Element(new { text }));
        events.ToChat(chat, person, "messageEdited", receiver =>
        {
            var told = new JsonObject { ["type"] = "text", ["id"] = messageId, ["text"] = text };
            if (mentions.In(chat, receiver, text) is { } mention)
                told["mention"] = mention;
            told["quoteToken"] = quoteToken;
            return new JsonObject { ["message"] = told };
        }, isReplyable: true, now);
        return new PersonAct(Refusal: null, messageId);
    });

    private ChatMessage? Own(Speaker speaker, string messageId) =>
        chats.Find(speaker.Chat, messageId) is { From: "person" } message && message.By == speaker.PersonId && !message.Message.GetProperty("type").ValueEquals("unsent") ? message : null;
}
