namespace Sandbox.Accounts;

/// <summary>What a manager may do on one Official Account.</summary>
internal enum AccountRole
{
    /// <summary>Answers chats and sends messages; may not link a module.</summary>
    Operator,

    /// <summary>May do all, linking modules included.</summary>
    Administrator,
}
