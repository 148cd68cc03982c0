using Tenancy;

namespace Portal.Purchasing;

/// <summary>Addresses of a purchase's pages.</summary>
public static class OrderPath
{
    /// <summary>Where LINE's return comes to; its query names the order.</summary>
    public const string Return = "/orders/return";

    public static string Plan(string listingSlug, string planCode) => $"/get/{listingSlug}?plan={Uri.EscapeDataString(planCode)}";

    public static string Account(string listingSlug, string planCode) => $"/get/{listingSlug}/account?plan={Uri.EscapeDataString(planCode)}";

    public static string Review(OrderId id) => $"/orders/{id}";

    /// <summary>The wizard that connects an account by its own channel.</summary>
    public static string Channel(OrderId id) => $"/orders/{id}/channel";

    public static string ChannelConnected(OrderId id) => $"/orders/{id}/channel/connected";

    public static string Done(OrderId id) => $"/orders/{id}/done";

    public static string Accounts(string organisationSlug) => $"/o/{organisationSlug}/accounts";

    /// <summary>The table of all modules on all accounts.</summary>
    public static string Modules(string organisationSlug) => $"/o/{organisationSlug}/modules";

    public static string Module(string organisationSlug, LinkageId linkage) => $"/o/{organisationSlug}/modules/{linkage}";
}
