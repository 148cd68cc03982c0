namespace Sandbox.Tokens;

/// <summary>Permissions of a module channel on an Official Account. Source: attach, parameter <c>scope</c>.</summary>
internal static class Scopes
{
    public const string MessageSend = "message:send";
    public const string MessageReceive = "message:receive";
    public const string AccountManage = "account:manage";
    public const string MarkAsRead = "message:mark_as_read";
    public const string TemplatedPnp = "message:templated_pnp";
    public const string ProfileRead = "profile:read";
    public const string CouponManage = "coupon:manage";
    public const string CrmManage = "crm:manage";

    /// <summary>All that LINE knows, in the order in which the consent page lists them.</summary>
    public static readonly IReadOnlyList<string> All = [MessageReceive, MessageSend, ProfileRead, AccountManage, MarkAsRead, TemplatedPnp, CouponManage, CrmManage];
}
