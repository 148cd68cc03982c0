using Sandbox.Chats;

namespace Sandbox.Phone;

/// <summary>Somebody in a chat: in a chat of two the person whose chat it is, in a group one of its members.</summary>
internal readonly record struct Speaker(ChatKey Chat, string PersonId)
{
    /// <param name="personId">Who of a group it is; a chat of two has only one.</param>
    public static Speaker In(ChatKey chat, string? personId) => new(chat, chat.IsGroup ? personId ?? "" : chat.Peer);
}
