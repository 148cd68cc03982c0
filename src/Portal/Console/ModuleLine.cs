using Portal.Purchasing;

namespace Portal.Console;

/// <summary>A module on an account as one line of the table of all of them.</summary>
/// <param name="Address">Its own page.</param>
/// <param name="State">A name among the texts (<see cref="ModuleCard.StateName"/>).</param>
/// <param name="MessagesToday">Null: the gateway does not say.</param>
public sealed record ModuleLine(string Account, string BasicId, string Module, string Address, bool AnswersFirst, string State, Health Health, string? Plan, long? MessagesToday)
{
    public static ModuleLine Of(string organisationSlug, AccountCard account, ModuleCard module)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(module);
        return new(
            account.Account.DisplayName, account.Account.BasicId, module.Module.Name, OrderPath.Module(organisationSlug, module.Linkage.Id), module.AnswersFirst, module.StateName, module.Health,
            module.PlanName, module.Standing?.MessagesToday);
    }
}
