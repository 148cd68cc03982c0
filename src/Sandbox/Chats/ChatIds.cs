using System.Buffers;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Groups;

namespace Sandbox.Chats;

/// <summary>Chats as channels name them: a person by the id that the channel has for them, a group or room by its own, which is the same for all.</summary>
internal sealed class ChatIds(ScopedIds ids, PeopleDirectory people, GroupDirectory groups)
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>The channel's name of a chat; null when nobody is behind it any more.</summary>
    public string? For(Channel channel, ChatKey chat) =>
        groups.TryFind(chat.Peer, out var group) ? group.LineId
        : people.TryFind(chat.Peer, out var person) ? ids.For(channel, chat.BotId, person)
        : null;

    /// <summary>The chat behind a channel's name for it. A group is found only while the account is in it.</summary>
    public ChatKey? Find(Channel channel, BotId botId, string text) =>
        ids.TryFind(channel, botId, text, out var person) ? new ChatKey(botId, person.Id)
        : groups.OfLineId(text) is { } group && group.BotId == botId ? new ChatKey(botId, group.Id)
        : null;

    /// <summary>Whether the text has the shape of a chat's id for this channel; it may still be nobody's.</summary>
    public static bool IsWellFormed(Channel channel, BotId botId, string text) =>
        ScopedIds.IsWellFormed(channel, botId, text) || IsGroup(text, GroupKind.Group) || IsGroup(text, GroupKind.Room);

    /// <summary>Whether the text has the shape of a group's or a room's id.</summary>
    public static bool IsGroup(string text, GroupKind kind) =>
        text.Length == 33 && text[0] == Group.Prefix(kind) && !text.AsSpan(1).ContainsAnyExcept(LowerHex);
}
