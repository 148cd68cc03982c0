namespace Sandbox.Chats;

/// <summary>What a person is to an Official Account.</summary>
internal enum Friendship
{
    /// <summary>Never added it.</summary>
    None,

    /// <summary>Added it.</summary>
    Friend,

    /// <summary>Blocked it: nothing reaches the person, and the account cannot tell.</summary>
    Blocked,
}
