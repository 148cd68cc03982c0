using Portal.Identity;
using Tenancy;

namespace Portal.Tests.Identity;

/// <summary>The table of rights, said once more in words: whoever changes it changes this too, knowingly.</summary>
public sealed class RightsTests
{
    [Fact]
    public void Given_an_owner_When_asked_Then_they_may_do_everything() =>
        Enum.GetValues<Right>().ShouldAllBe(right => Rights.Has(Role.Owner, right));

    [Fact]
    public void Given_any_role_When_asked_Then_it_may_read_accounts() =>
        Enum.GetValues<Role>().ShouldAllBe(role => Rights.Has(role, Right.ReadAccounts));

    [Theory]
    [InlineData(Role.Admin, Right.ConnectAccounts, true)]
    [InlineData(Role.Admin, Right.Buy, true)]
    [InlineData(Role.Admin, Right.RunModules, true)]
    [InlineData(Role.Admin, Right.Detach, true)]
    [InlineData(Role.Admin, Right.ManageBilling, false)]
    [InlineData(Role.Admin, Right.DevelopModules, false)]
    [InlineData(Role.Admin, Right.EditListings, true)]
    [InlineData(Role.Admin, Right.ManageMembers, false)]
    [InlineData(Role.Admin, Right.ManageProvider, false)]
    [InlineData(Role.Admin, Right.ReadAudit, false)]
    [InlineData(Role.Billing, Right.ManageBilling, true)]
    [InlineData(Role.Billing, Right.EditListings, false)]
    [InlineData(Role.Developer, Right.EditListings, true)]
    [InlineData(Role.Developer, Right.ManageMembers, false)]
    [InlineData(Role.Developer, Right.ManageProvider, false)]
    [InlineData(Role.Developer, Right.ReadAudit, false)]
    [InlineData(Role.Billing, Right.RunModules, false)]
    [InlineData(Role.Developer, Right.DevelopModules, true)]
    [InlineData(Role.Developer, Right.Buy, false)]
    [InlineData(Role.Viewer, Right.RunModules, false)]
    [InlineData(Role.Viewer, Right.Detach, false)]
    [InlineData(Role.Viewer, Right.Buy, false)]
    public void Given_a_role_When_asked_for_a_right_Then_the_table_says(Role role, Right right, bool may) => Rights.Has(role, right).ShouldBe(may);
}
