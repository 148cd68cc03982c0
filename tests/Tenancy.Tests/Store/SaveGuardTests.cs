using Microsoft.EntityFrameworkCore;

namespace Tenancy.Tests.Store;

public sealed class SaveGuardTests
{
    [Fact]
    public async Task Given_a_tenants_unit_of_work_When_it_adds_a_row_for_another_Then_nothing_is_saved()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        var ours = await registry.NewOrganisationAsync();
        var theirs = await registry.NewOrganisationAsync();
        await using var work = registry.As(ours.Id);
        work.Db.Add(Make.OfficialAccount(ours.Id));
        work.Db.Add(Make.OfficialAccount(theirs.Id));

        var refusal = await Should.ThrowAsync<TenantMismatchException>(() => work.Db.SaveChangesAsync());

        refusal.Message.ShouldContain("OfficialAccount");
        await using var everybody = registry.AsEverybody();
        (await everybody.Db.OfficialAccounts.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_row_of_another_tenant_in_hand_When_it_is_changed_or_deleted_Then_the_save_is_refused()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        var ours = await registry.NewOrganisationAsync();
        var theirs = await registry.NewAccountAsync();
        var member = Make.Person();
        await using (var everybody = registry.AsEverybody())
        {
            everybody.Db.AddRange(member, new Membership { TenantId = theirs.TenantId, PersonId = member.Id, Role = Role.Owner });
            await everybody.Db.SaveChangesAsync();
        }

        await using (var changing = registry.As(ours.Id))
        {
            var account = await changing.Db.OfficialAccounts.IgnoreQueryFilters().SingleAsync(row => row.Id == theirs.Id);
            account.DisplayName = "Ours now";
            await Should.ThrowAsync<TenantMismatchException>(() => changing.Db.SaveChangesAsync());
        }

        await using (var deleting = registry.As(ours.Id))
        {
            deleting.Db.Remove(await deleting.Db.Memberships.IgnoreQueryFilters().SingleAsync());
            Should.Throw<TenantMismatchException>(() => deleting.Db.SaveChanges());
        }
    }

    [Fact]
    public async Task Given_a_row_of_ours_When_it_is_given_to_another_tenant_Then_the_save_is_refused()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        var theirs = await registry.NewOrganisationAsync();
        var account = await registry.NewAccountAsync();
        await using var work = registry.As(account.TenantId);
        var ours = await work.Db.OfficialAccounts.SingleAsync();

        work.Db.Entry(ours).Property(row => row.TenantId).CurrentValue = theirs.Id;

        await Should.ThrowAsync<TenantMismatchException>(() => work.Db.SaveChangesAsync());
    }

    [Fact]
    public async Task Given_a_row_of_another_tenant_in_hand_When_a_tenant_takes_it_Then_the_save_is_refused()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        var ours = await registry.NewOrganisationAsync();
        var theirs = await registry.NewAccountAsync();
        await using var work = registry.As(ours.Id);
        var account = await work.Db.OfficialAccounts.IgnoreQueryFilters().SingleAsync(row => row.Id == theirs.Id);

        work.Db.Entry(account).Property(row => row.TenantId).CurrentValue = ours.Id;

        await Should.ThrowAsync<TenantMismatchException>(() => work.Db.SaveChangesAsync());
    }

    [Fact]
    public async Task Given_another_organisation_When_a_tenant_renames_it_Then_the_save_is_refused()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        var ours = await registry.NewOrganisationAsync();
        var theirs = await registry.NewOrganisationAsync();
        await using var work = registry.As(ours.Id);
        (await work.Db.Organisations.IgnoreQueryFilters().SingleAsync(row => row.Id == theirs.Id)).Name = "Ours now";

        await Should.ThrowAsync<TenantMismatchException>(() => work.Db.SaveChangesAsync());
    }

    [Fact]
    public async Task Given_nobodys_unit_of_work_When_it_adds_a_tenants_row_Then_the_save_is_refused()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        await using var work = registry.AsNobody();
        work.Db.Add(Make.Organisation());

        var refusal = await Should.ThrowAsync<TenantMismatchException>(() => work.Db.SaveChangesAsync());

        refusal.Message.ShouldContain("nobody");
    }

    [Fact]
    public async Task Given_a_linkage_When_it_is_deleted_Then_the_save_is_refused_because_no_follower_would_learn_of_it()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        var account = await registry.NewAccountAsync();
        await using var work = registry.As(account.TenantId);
        work.Db.Remove(await work.Db.OfficialAccounts.SingleAsync());

        await Should.ThrowAsync<ImmutableRowException>(() => work.Db.SaveChangesAsync());
    }
}
