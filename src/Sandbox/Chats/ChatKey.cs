using Line;

namespace Sandbox.Chats;

/// <summary>One person's chat with one Official Account.</summary>
internal readonly record struct ChatKey(BotId BotId, string PersonId)
{
    public override string ToString() => $"{BotId}|{PersonId}";
}
