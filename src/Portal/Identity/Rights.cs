using System.Collections.Frozen;
using Tenancy;

namespace Portal.Identity;

/// <summary>Something that a member may or may not do in an organisation.</summary>
public enum Right
{
    /// <summary>See accounts, modules and their health.</summary>
    ReadAccounts,

    /// <summary>Take an Official Account to LINE's consent and back.</summary>
    ConnectAccounts,

    /// <summary>Put an account on a plan.</summary>
    Buy,

    /// <summary>Turn on, pause, resume, and choose who answers first.</summary>
    RunModules,

    /// <summary>End a module on an account.</summary>
    Detach,

    /// <summary>Plans, invoices and payment.</summary>
    ManageBilling,

    /// <summary>Keys, webhooks and logs of the organisation's own modules.</summary>
    DevelopModules,

    /// <summary>Invite and remove members, and give them their roles.</summary>
    ManageMembers,

    /// <summary>Speak for the company as a provider: application, documents, agreements.</summary>
    ManageProvider,

    /// <summary>Write listings, plans and prices of the organisation's own modules, and hand them in.</summary>
    EditListings,

    /// <summary>Read who did what in the organisation.</summary>
    ReadAudit,

    /// <summary>Take all of the organisation's data along, and close its account.</summary>
    Leave,
}

/// <summary>Who may do what: the whole table. Buttons, routes and tests are made from it.</summary>
public static class Rights
{
    private static readonly FrozenDictionary<Role, FrozenSet<Right>> Table = new Dictionary<Role, FrozenSet<Right>>
    {
        [Role.Owner] = Enum.GetValues<Right>().ToFrozenSet(),
        [Role.Admin] = Set(Right.ReadAccounts, Right.ConnectAccounts, Right.Buy, Right.RunModules, Right.Detach, Right.EditListings),
        [Role.Billing] = Set(Right.ReadAccounts, Right.ManageBilling),
        [Role.Developer] = Set(Right.ReadAccounts, Right.DevelopModules, Right.EditListings),
        [Role.Viewer] = Set(Right.ReadAccounts),
    }.ToFrozenDictionary();

    public static bool Has(Role role, Right right) => Table[role].Contains(right);

    private static FrozenSet<Right> Set(params Right[] rights) => rights.ToFrozenSet();
}
