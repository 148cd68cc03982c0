using System.Text.Json;
using System.Text.Json.Nodes;
using Line;
using Sandbox.Accounts;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Http;
using Sandbox.Store;
using Sandbox.Webhooks;

namespace Sandbox.Phone;

/// <summary>What a LINE user can do in a chat with an Official Account. Each act is one change of the chat and one event to its receivers.</summary>
internal sealed class PersonActions(
    ChatBook chats, AccountDirectory accounts, PeopleDirectory people, EventPublisher events, MessageIds messageIds, DocumentStore store, Timeline timeline, TimeProvider clock)
{
    public PersonAct SendText(ChatKey key, string text) =>
        Send(key, new JsonObject { ["type"] = "text", ["text"] = text }, quotable: true);

    public PersonAct SendSticker(ChatKey key, string packageId, string stickerId) =>
        Send(key, new JsonObject { ["type"] = "sticker", ["packageId"] = packageId, ["stickerId"] = stickerId, ["stickerResourceType"] = "STATIC" }, quotable: true);

    public PersonAct SendLocation(ChatKey key, string? title, string? address, double latitude, double longitude)
    {
        var message = new JsonObject { ["type"] = "location" };
        if (!string.IsNullOrEmpty(title))
            message["title"] = title;
        if (!string.IsNullOrEmpty(address))
            message["address"] = address;
        message["latitude"] = latitude;
        message["longitude"] = longitude;
        return Send(key, message, quotable: false);
    }

    /// <summary>Sends a picture; its bytes are kept for the phone and for the content call.</summary>
    public PersonAct SendImage(ChatKey key, StoredContent picture) =>
        Send(key, new JsonObject { ["type"] = "image", ["contentProvider"] = new JsonObject { ["type"] = "line" } }, quotable: true, picture);

    /// <summary>Presses a button or quick reply with postback data.</summary>
    /// <param name="displayText">What the button makes the person say: shown in the chat, and no event of its own.</param>
    public PersonAct Postback(ChatKey key, string data, string? displayText, JsonObject? parameters) => Act(key, (chat, person, now) =>
    {
        if (chat.State.Friendship != Friendship.Friend)
            return new PersonAct(PersonRefusal.NotFriend);

        if (!string.IsNullOrEmpty(displayText))
            chats.Append(chat, id: null, "person", senderChannel: null, Json.Element(new { type = "text", text = displayText }), now);
        var postback = new JsonObject { ["data"] = data };
        if (parameters is not null)
            postback["params"] = parameters.DeepClone();
        Wrote(chat, now);
        Say(key, person, "postback", "pressed a button", now, Json.Element(new { postback }));
        events.ToChat(chat, person, "postback", new JsonObject { ["postback"] = postback }, isReplyable: true, now);
        return PersonAct.Done;
    });

    /// <summary>Adds the account as a friend, or unblocks it. Of a friend: nothing happens.</summary>
    public PersonAct Follow(ChatKey key) => Act(key, (chat, person, now) =>
    {
        var before = chat.State.Friendship;
        if (before == Friendship.Friend)
            return PersonAct.Done;

        // LINE: whoever blocks and adds again finds control in its default state.
        chat.State = chat.State with { Friendship = Friendship.Friend, Control = before == Friendship.Blocked ? ChatControl.Default : chat.State.Control };
        Say(key, person, "follow", before == Friendship.Blocked ? "unblocked the account" : "added the account", now);
        events.ToChat(chat, person, "follow", new JsonObject { ["follow"] = new JsonObject { ["isUnblocked"] = before == Friendship.Blocked } }, isReplyable: true, now);
        return PersonAct.Done;
    });

    /// <summary>Blocks the account. Where it is blocked already: nothing happens.</summary>
    public PersonAct Block(ChatKey key) => Act(key, (chat, person, now) =>
    {
        if (chat.State.Friendship == Friendship.Blocked)
            return PersonAct.Done;

        chat.State = chat.State with { Friendship = Friendship.Blocked };
        Say(key, person, "unfollow", "blocked the account", now);
        events.ToChat(chat, person, "unfollow", [], isReplyable: false, now);
        return PersonAct.Done;
    });

    private PersonAct Send(ChatKey key, JsonObject content, bool quotable, StoredContent? picture = null) => Act(key, (chat, person, now) =>
    {
        if (chat.State.Friendship != Friendship.Friend)
            return new PersonAct(PersonRefusal.NotFriend);

        var id = messageIds.Next();
        var shown = content.DeepClone().AsObject();
        if (picture is not null)
        {
            store.PutContent(id, picture);
            shown = new JsonObject { ["type"] = "image", ["originalContentUrl"] = $"/phone/api/content/{id}", ["previewImageUrl"] = $"/phone/api/content/{id}" };
        }

        var message = new JsonObject { ["id"] = id };
        foreach (var (name, value) in content)
            message[name] = value?.DeepClone();
        if (quotable)
            message["quoteToken"] = OpaqueToken.New();
        message["markAsReadToken"] = OpaqueToken.New();

        chats.Append(chat, id, "person", senderChannel: null, Json.Element(shown), now);
        Wrote(chat, now);
        Say(key, person, "message", $"sent {content["type"]}", now, Json.Element(new { message = shown }));
        events.ToChat(chat, person, "message", new JsonObject { ["message"] = message }, isReplyable: true, now);
        return new PersonAct(Refusal: null, id);
    });

    private PersonAct Act(ChatKey key, Func<Chat, Person, DateTimeOffset, PersonAct> act)
    {
        if (!accounts.TryFind(key.BotId, out var account) || !people.TryFind(key.PersonId, out var person))
            return new PersonAct(PersonRefusal.Unknown);

        return account.IsSuspended
            ? new PersonAct(PersonRefusal.Suspended)
            : chats.Update(key, chat => act(chat, person, clock.GetUtcNow()));
    }

    private static void Wrote(Chat chat, DateTimeOffset now) => chat.State = chat.State with { LastWroteAt = now };

    /// <summary>Begins the story of an act in the side panel; also where no channel hears of it.</summary>
    private void Say(ChatKey key, Person person, string eventType, string did, DateTimeOffset now, JsonElement? body = null) =>
        timeline.Add(new TimelineEntry(0, now, "line", "person", key.BotId, person.Id, EventType: eventType, Text: $"{person.Name} {did}", Body: body));
}
