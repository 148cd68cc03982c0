using System.Text.Json.Nodes;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Groups;

namespace Sandbox.Phone;

/// <summary>Reads <c>@name</c> in what somebody writes in a group: the account, a member, or all. Source: reference, "Text message event", <c>mention</c>.</summary>
internal sealed class Mentions(AccountDirectory accounts, PeopleDirectory people, GroupDirectory groups, ScopedIds ids)
{
    private const int MentionsMax = 20;
    private const string Everybody = "All";

    /// <summary>The mentions as one channel sees them; null: none. Places count in UTF-16 units.</summary>
    public JsonObject? In(Chat chat, Channel receiver, string text)
    {
        if (!groups.TryFind(chat.Key.Peer, out var group))
            return null;

        var mentionees = new JsonArray();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && mentionees.Count < MentionsMax; at = text.IndexOf('@', at + 1))
        {
            if (Mentionee(group, receiver, text.AsSpan(at + 1)) is not var (length, mentionee))
                continue;

            mentionee["index"] = at;
            mentionee["length"] = length + 1;
            mentionees.Add(mentionee);
        }

        return mentionees.Count == 0 ? null : new JsonObject { ["mentionees"] = mentionees };
    }

    private (int Length, JsonObject Mentionee)? Mentionee(Group group, Channel receiver, ReadOnlySpan<char> text)
    {
        var botId = group.BotId!.Value;
        if (accounts.TryFind(botId, out var account) && text.StartsWith(account.Name, StringComparison.Ordinal))
            return (account.Name.Length, new JsonObject { ["type"] = "user", ["userId"] = botId.ToString(), ["isSelf"] = true });

        foreach (var member in group.Members)
        {
            if (people.TryFind(member, out var person) && text.StartsWith(person.Name, StringComparison.Ordinal))
                return (person.Name.Length, new JsonObject { ["type"] = "user", ["userId"] = ids.For(receiver, botId, person), ["isSelf"] = false });
        }

        return text.StartsWith(Everybody, StringComparison.Ordinal) ? (Everybody.Length, new JsonObject { ["type"] = "all" }) : null;
    }
}
