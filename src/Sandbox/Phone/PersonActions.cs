using System.Text.Json.Nodes;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Http;
using Sandbox.Store;
using Sandbox.Webhooks;

namespace Sandbox.Phone;

/// <summary>What a LINE user can say in a chat with an Official Account. Each act is one change of the chat and one event to its receivers.</summary>
internal sealed class PersonActions(Acting acting, ChatBook chats, EventPublisher events, Mentions mentions, MessageIds messageIds, DocumentStore store)
{
    /// <param name="quotedMessageId">The message of this chat that the text answers; null: none.</param>
    public PersonAct SendText(Speaker speaker, string text, string? quotedMessageId = null)
    {
        var message = new JsonObject { ["type"] = "text", ["text"] = text };
        if (quotedMessageId is not null)
            message["quotedMessageId"] = quotedMessageId;
        return Send(speaker, message, quotable: true, mentioned: text);
    }

    public PersonAct SendSticker(Speaker speaker, string packageId, string stickerId) =>
        Send(speaker, new JsonObject { ["type"] = "sticker", ["packageId"] = packageId, ["stickerId"] = stickerId, ["stickerResourceType"] = "STATIC" }, quotable: true);

    public PersonAct SendLocation(Speaker speaker, string? title, string? address, double latitude, double longitude)
    {
        var message = new JsonObject { ["type"] = "location" };
        if (!string.IsNullOrEmpty(title))
            message["title"] = title;
        if (!string.IsNullOrEmpty(address))
            message["address"] = address;
        message["latitude"] = latitude;
        message["longitude"] = longitude;
        return Send(speaker, message, quotable: false);
    }

    /// <summary>Sends a picture; its bytes are kept for the phone and for the content call.</summary>
    public PersonAct SendImage(Speaker speaker, StoredContent picture) =>
        Send(speaker, new JsonObject { ["type"] = "image", ["contentProvider"] = new JsonObject { ["type"] = "line" } }, quotable: true, picture);

    /// <summary>Sends a film or a recording.</summary>
    /// <param name="type">video or audio.</param>
    /// <param name="millis">How long it lasts; null: LINE does not know.</param>
    public PersonAct SendRecording(Speaker speaker, string type, StoredContent recording, int? millis)
    {
        var message = new JsonObject { ["type"] = type, ["contentProvider"] = new JsonObject { ["type"] = "line" } };
        if (millis is not null)
            message["duration"] = millis;
        return Send(speaker, message, quotable: type == "video", recording);
    }

    public PersonAct SendFile(Speaker speaker, string fileName, StoredContent file) =>
        Send(speaker, new JsonObject { ["type"] = "file", ["fileName"] = fileName, ["fileSize"] = file.Bytes.Length }, quotable: false, file);

    /// <summary>Presses a button or quick reply with postback data.</summary>
    /// <param name="displayText">What the button makes the person say: shown in the chat, and no event of its own.</param>
    public PersonAct Postback(Speaker speaker, string data, string? displayText, JsonObject? parameters) => acting.Do(speaker, needsFriend: true, (chat, person, now) =>
    {
        if (!string.IsNullOrEmpty(displayText))
            chats.Append(chat, id: null, "person", senderChannel: null, Json.Element(new { type = "text", text = displayText }), now, person.Id);
        var postback = new JsonObject { ["data"] = data };
        if (parameters is not null)
            postback["params"] = parameters.DeepClone();
        Wrote(chat, now);
        acting.Say(chat, person, "postback", "pressed a button", now, Json.Element(new { postback }));
        events.ToChat(chat, person, "postback", new JsonObject { ["postback"] = postback }, isReplyable: true, now);
        return PersonAct.Done;
    });

    /// <summary>Adds the account as a friend, or unblocks it. Of a friend: nothing happens.</summary>
    public PersonAct Follow(Speaker speaker) => acting.Do(speaker, needsFriend: false, (chat, person, now) =>
    {
        if (chat.Key.IsGroup)
            return new PersonAct(PersonRefusal.NotHere);

        var before = chat.State.Friendship;
        if (before == Friendship.Friend)
            return PersonAct.Done;

        // LINE: whoever blocks and adds again finds control in its default state.
        chat.State = chat.State with { Friendship = Friendship.Friend, Control = before == Friendship.Blocked ? ChatControl.Default : chat.State.Control };
        acting.Say(chat, person, "follow", before == Friendship.Blocked ? "unblocked the account" : "added the account", now);
        events.ToChat(chat, person, "follow", new JsonObject { ["follow"] = new JsonObject { ["isUnblocked"] = before == Friendship.Blocked } }, isReplyable: true, now);
        return PersonAct.Done;
    });

    /// <summary>Blocks the account. Where it is blocked already: nothing happens.</summary>
    public PersonAct Block(Speaker speaker) => acting.Do(speaker, needsFriend: false, (chat, person, now) =>
    {
        if (chat.Key.IsGroup)
            return new PersonAct(PersonRefusal.NotHere);
        if (chat.State.Friendship == Friendship.Blocked)
            return PersonAct.Done;

        chat.State = chat.State with { Friendship = Friendship.Blocked };
        acting.Say(chat, person, "unfollow", "blocked the account", now);
        events.ToChat(chat, person, "unfollow", [], isReplyable: false, now);
        return PersonAct.Done;
    });

    private PersonAct Send(Speaker speaker, JsonObject content, bool quotable, StoredContent? sent = null, string? mentioned = null) => acting.Do(speaker, needsFriend: true, (chat, person, now) =>
    {
        if (content["quotedMessageId"]?.GetValue<string>() is { } quoted && chats.Find(chat.Key, quoted) is null)
            return new PersonAct(PersonRefusal.NoSuchMessage);

        var id = messageIds.Next();
        var shown = content.DeepClone().AsObject();
        if (sent is not null)
        {
            store.PutContent(id, sent);
            shown.Remove("contentProvider");
            shown["originalContentUrl"] = $"/phone/api/content/{id}";
            if (shown["type"]!.GetValue<string>() is "image")
                shown["previewImageUrl"] = $"/phone/api/content/{id}";
        }

        var quoteToken = quotable ? OpaqueToken.New() : null;
        var readToken = OpaqueToken.New();
        chats.Append(chat, id, "person", senderChannel: null, Json.Element(shown), now, person.Id, quoteToken, readToken);
        Wrote(chat, now);
        acting.Say(chat, person, "message", $"sent {content["type"]}", now, Json.Element(new { message = shown }));
        events.ToChat(chat, person, "message", receiver => new JsonObject { ["message"] = Told(chat, receiver, id, content, mentioned, quoteToken, readToken) }, isReplyable: true, now);
        return new PersonAct(Refusal: null, id);
    });

    private JsonObject Told(Chat chat, Channel receiver, string id, JsonObject content, string? mentioned, string? quoteToken, string readToken)
    {
        var message = new JsonObject { ["id"] = id };
        foreach (var (name, value) in content)
            message[name] = value?.DeepClone();
        if (mentioned is not null && mentions.In(chat, receiver, mentioned) is { } mention)
            message["mention"] = mention;
        if (quoteToken is not null)
            message["quoteToken"] = quoteToken;
        message["markAsReadToken"] = readToken;
        return message;
    }

    private static void Wrote(Chat chat, DateTimeOffset now) => chat.State = chat.State with { LastWroteAt = now };
}
