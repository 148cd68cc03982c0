using System.Text.Json;
using Sandbox.Accounts;
using Sandbox.Chats;
using Sandbox.Groups;

namespace Sandbox.Phone;

/// <summary>What all acts of a person in a chat have in common: may they, and the story of it in the side panel.</summary>
internal sealed class Acting(ChatBook chats, AccountDirectory accounts, PeopleDirectory people, GroupDirectory groups, GroupMoves moves, Timeline timeline, TimeProvider clock)
{
    /// <summary>Does one thing as one change of the chat.</summary>
    /// <param name="needsFriend">Whether there must be a chat to write in: a friend, or a group that the account is in.</param>
    public PersonAct Do(Speaker speaker, bool needsFriend, Func<Chat, Person, DateTimeOffset, PersonAct> act)
    {
        if (!accounts.TryFind(speaker.Chat.BotId, out var account) || !people.TryFind(speaker.PersonId, out var person))
            return new PersonAct(PersonRefusal.Unknown);
        if (speaker.Chat.IsGroup && !(groups.TryFind(speaker.Chat.Peer, out var group) && group.Members.Contains(person.Id)))
            return new PersonAct(PersonRefusal.Unknown);
        if (account.IsSuspended)
            return new PersonAct(PersonRefusal.Suspended);

        return chats.Update(speaker.Chat, chat =>
        {
            if (needsFriend && chat.State.Friendship != Friendship.Friend)
                return new PersonAct(PersonRefusal.NotFriend);

            var now = clock.GetUtcNow();
            moves.Announce(chat, now);
            return act(chat, person, now);
        });
    }

    /// <summary>Begins the story of an act in the side panel; also where no channel hears of it.</summary>
    public void Say(Chat chat, Person person, string eventType, string did, DateTimeOffset now, JsonElement? body = null) =>
        timeline.Add(new TimelineEntry(0, now, "line", "person", chat.Key.BotId, chat.Key.Peer, EventType: eventType, Text: $"{person.Name} {did}", Body: body));
}
