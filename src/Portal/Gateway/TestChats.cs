namespace Portal.Gateway;

/// <summary>How far the owner's trying of a linkage in set-up is.</summary>
/// <param name="Code">What is to be sent from the owner's phone; null: none is out, or it was taken.</param>
/// <param name="Chats">Test chats: phones that have sent a code.</param>
/// <param name="ChatsMax">No code is given beyond.</param>
public sealed record TestChats(TestCode? Code, int Chats, int ChatsMax);

/// <param name="Text">The whole text to send.</param>
public sealed record TestCode(string Text, DateTimeOffset ExpiresAt);

/// <param name="Refusal">Null: there is a code. Otherwise <c>notInSetUp</c>, <c>noPermission</c>, <c>enoughChats</c> or <c>enoughCodes</c>.</param>
public sealed record TestCodeAnswer(string? Refusal, TestCode? Code);
