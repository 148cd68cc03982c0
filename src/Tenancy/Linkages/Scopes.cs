namespace Tenancy;

/// <summary>LINE's scope names, and the set that every consent asks for. Source: LINE partner docs, "Attach a module channel".</summary>
public static class Scopes
{
    public const string MessageSend = "message:send";
    public const string MessageReceive = "message:receive";
    public const string ProfileRead = "profile:read";
    public const string AccountManage = "account:manage";

    public const string MessageMarkAsRead = "message:mark_as_read";
    public const string MessageTemplatedPnp = "message:templated_pnp";

    public const string CouponManage = "coupon:manage";

    /// <summary>Ours, no scope of LINE's: the owner lets a module push where another one answers, for reminders. Off unless granted.</summary>
    public const string MessageNotify = "message:notify";

    /// <summary>Ours, no scope of LINE's: the owner lets a module that does not answer first speak to everybody, and keep what all customers share: the default menu, audiences, coupons. Off unless granted.</summary>
    public const string AccountShare = "account:share";

    /// <summary>Whether a linkage has this by the owner's word alone: LINE knows nothing of it.</summary>
    public static bool IsOurs(string scope) => scope is MessageNotify or AccountShare;

    /// <summary>Every consent at LINE asks at least for these, so that a second module seldom needs another trip.</summary>
    public static IReadOnlyList<string> Base { get; } = [MessageSend, MessageReceive, ProfileRead, AccountManage];
}
