namespace Tenancy;

/// <summary>LINE's scope names, and the set that every consent asks for. Source: LINE partner docs, "Attach a module channel".</summary>
public static class Scopes
{
    public const string MessageSend = "message:send";
    public const string MessageReceive = "message:receive";
    public const string ProfileRead = "profile:read";
    public const string AccountManage = "account:manage";

    /// <summary>Ours, no scope of LINE's: the owner lets a module push where another one answers, for reminders. Off unless granted.</summary>
    public const string MessageNotify = "message:notify";

    /// <summary>Every consent at LINE asks at least for these, so that a second module seldom needs another trip.</summary>
    public static IReadOnlyList<string> Base { get; } = [MessageSend, MessageReceive, ProfileRead, AccountManage];
}
