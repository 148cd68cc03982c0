using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Http;
using Sandbox.Phone;
using Sandbox.Webhooks;

namespace Sandbox.Groups;

/// <summary>Who comes into a group and who goes, and what its account hears of it.</summary>
/// <remarks>Source: reference, "Join event", "Leave event", "Member join event", "Member leave event".</remarks>
internal sealed class GroupMoves(
    GroupDirectory groups, ChatBook chats, AccountDirectory accounts, ScopedIds ids, EventPublisher events, Timeline timeline, TimeProvider clock)
{
    public const int MembersMax = 500;

    /// <summary>Makes a group of people that has no account in it yet.</summary>
    public Group Create(GroupKind kind, string name, IReadOnlyList<string> members)
    {
        var group = new Group($"group:{RandomNumberGenerator.GetHexString(12, lowercase: true)}", new Guid(RandomNumberGenerator.GetBytes(16)), kind, name, members, BotId: null);
        groups.Save(group);
        return group;
    }

    /// <summary>Invites an account, which comes at once. LINE: one account a group, and only one that lets itself be invited.</summary>
    public GroupRefusal? Invite(string groupId, BotId botId)
    {
        if (!groups.TryFind(groupId, out var found) || !accounts.TryFind(botId, out var account))
            return GroupRefusal.Unknown;
        if (account.IsSuspended || !account.JoinsGroups)
            return GroupRefusal.NotInvitable;

        return Move(found.Id, botId, (chat, group, now) =>
        {
            if (group.BotId is not null)
                return GroupRefusal.OneAccountOnly;

            var isRoom = group.Kind == GroupKind.Room;
            groups.Save(group with { BotId = botId, OwesJoin = isRoom });
            chat.State = chat.State with { Friendship = Friendship.Friend, Control = ChatControl.Default };
            Say(chat, "join", $"{account.Name} joined {group.Name}", now);
            Notice(chat, "joined", account.Name, now);
            if (!isRoom)
                events.ToChat(chat, by: null, "join", [], isReplyable: true, now);
            return null;
        });
    }

    /// <summary>Tells the account of a room, with the first event after it came, that it is in.</summary>
    public void Announce(Chat chat, DateTimeOffset now)
    {
        if (!groups.TryFind(chat.Key.Peer, out var group) || !group.OwesJoin)
            return;

        groups.Save(group with { OwesJoin = false });
        events.ToChat(chat, by: null, "join", [], isReplyable: true, now);
    }

    /// <summary>The account goes, by itself or because somebody removed it.</summary>
    public GroupRefusal? Part(string groupId, BotId botId) => Move(groupId, botId, (chat, group, now) =>
    {
        if (group.BotId != botId)
            return GroupRefusal.Unknown;

        var name = accounts.TryFind(botId, out var account) ? account.Name : "";
        groups.Save(group with { BotId = null, OwesJoin = false });
        Say(chat, "leave", $"{name} left {group.Name}", now);
        Notice(chat, "left", name, now);
        events.ToChat(chat, by: null, "leave", [], isReplyable: false, now);
        chat.State = chat.State with { Friendship = Friendship.None, Control = ChatControl.Default };
        return null;
    });

    public GroupRefusal? Join(string groupId, Person person) => Change(groupId, person, isIn: false, "memberJoined", "joined", "joined",
        group => group with { Members = [.. group.Members, person.Id] });

    public GroupRefusal? Leave(string groupId, Person person) => Change(groupId, person, isIn: true, "memberLeft", "left", "left",
        group => group with { Members = [.. group.Members.Where(member => member != person.Id)] });

    private GroupRefusal? Change(string groupId, Person person, bool isIn, string eventType, string list, string said, Func<Group, Group> change)
    {
        if (!groups.TryFind(groupId, out var found))
            return GroupRefusal.Unknown;
        if (found.BotId is not { } botId) // Nobody hears of it.
            return Allowed(found) ?? Saved(found);

        return Move(groupId, botId, (chat, group, now) =>
        {
            if (Allowed(group) is { } refusal)
                return refusal;

            Saved(group);
            Announce(chat, now);
            Say(chat, eventType, $"{person.Name} {said} {group.Name}", now, person);
            Notice(chat, said, person.Name, now);
            events.ToChat(chat, by: null, eventType, receiver => Members(receiver, botId, list, person), isReplyable: isIn is false, now);
            return null;
        });

        GroupRefusal? Allowed(Group group) =>
            group.Members.Contains(person.Id) != isIn ? GroupRefusal.Unknown : !isIn && group.Members.Count >= MembersMax ? GroupRefusal.Full : null;

        GroupRefusal? Saved(Group group)
        {
            groups.Save(change(group));
            return null;
        }
    }

    private JsonObject Members(Channel receiver, BotId botId, string list, Person person) => new()
    {
        [list] = new JsonObject { ["members"] = new JsonArray(new JsonObject { ["type"] = "user", ["userId"] = ids.For(receiver, botId, person) }) },
    };

    private GroupRefusal? Move(string groupId, BotId botId, Func<Chat, Group, DateTimeOffset, GroupRefusal?> move) =>
        chats.Update(new ChatKey(botId, groupId), chat => groups.TryFind(groupId, out var group) ? move(chat, group, clock.GetUtcNow()) : GroupRefusal.Unknown);

    private void Notice(Chat chat, string did, string who, DateTimeOffset now) =>
        chats.Append(chat, id: null, "notice", senderChannel: null, Json.Element(new { type = "notice", did, who }), now);

    private void Say(Chat chat, string eventType, string text, DateTimeOffset now, Person? person = null) =>
        timeline.Add(new TimelineEntry(0, now, "line", "person", chat.Key.BotId, chat.Key.Peer, EventType: eventType, Text: text, Body: person is null ? null : Json.Element(new { person = person.Id })));
}
