using Microsoft.EntityFrameworkCore;

namespace Tenancy.Tests.Store;

public sealed class TenantFilterTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_rows_of_two_tenants_When_one_reads_Then_the_others_rows_do_not_exist(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var ours = await PopulateAsync(registry);
        var theirs = await PopulateAsync(registry);

        await using var work = registry.As(ours.Tenant);

        (await work.Db.Organisations.Select(row => row.Id).ToListAsync()).ShouldBe([ours.Tenant]);
        (await work.Db.Memberships.Select(row => row.TenantId).ToListAsync()).ShouldBe([ours.Tenant]);
        (await work.Db.OfficialAccounts.Select(row => row.TenantId).ToListAsync()).ShouldBe([ours.Tenant]);
        (await work.Db.Modules.Select(row => row.TenantId).ToListAsync()).ShouldBe([ours.Tenant]);
        (await work.Db.Linkages.Select(row => row.TenantId).ToListAsync()).ShouldBe([ours.Tenant]);
        (await work.Db.Subscriptions.Select(row => row.TenantId).ToListAsync()).ShouldBe([ours.Tenant]);
        (await work.Db.OfficialAccounts.SingleOrDefaultAsync(row => row.Id == theirs.Account)).ShouldBeNull();
        (await work.Db.Linkages.FindAsync(theirs.Linkage)).ShouldBeNull();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_rows_of_a_tenant_When_nobody_reads_Then_there_are_none_and_When_everybody_reads_Then_all(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        await PopulateAsync(registry);
        await PopulateAsync(registry);

        await using var nobody = registry.AsNobody();
        (await nobody.Db.Organisations.CountAsync()).ShouldBe(0);
        (await nobody.Db.Linkages.CountAsync()).ShouldBe(0);

        await using var everybody = registry.AsEverybody();
        (await everybody.Db.Organisations.CountAsync()).ShouldBe(2);
        (await everybody.Db.Linkages.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Given_every_tenant_owned_row_of_the_model_When_the_filters_are_listed_Then_none_is_without()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        await using var work = registry.AsNobody();

        var unfiltered = work.Db.Model.GetEntityTypes()
            .Where(entity => typeof(ITenantOwned).IsAssignableFrom(entity.ClrType) && entity.GetDeclaredQueryFilters().Count == 0)
            .Select(entity => entity.ClrType.Name);

        unfiltered.ShouldBeEmpty();
    }

    [Fact]
    public void Given_a_unit_of_work_with_a_tenant_When_another_or_everybody_enters_Then_it_is_refused()
    {
        var tenant = TenantId.New();
        var scope = new TenantScope();
        scope.Enter(tenant);
        scope.Enter(tenant); // Again the same: nothing changes.

        Should.Throw<InvalidOperationException>(() => scope.Enter(TenantId.New()));
        Should.Throw<InvalidOperationException>(() => scope.EnterEveryTenant("Because."));
        scope.Tenant.ShouldBe(tenant);
        scope.SeesEveryTenant.ShouldBeFalse();
    }

    [Fact]
    public void Given_a_unit_of_work_of_everybody_When_a_tenant_enters_Then_it_is_refused()
    {
        var scope = new TenantScope();
        scope.EnterEveryTenant("The operator's room.");

        Should.Throw<InvalidOperationException>(() => scope.Enter(TenantId.New()));
    }

    /// <summary>A tenant with one row of each kind: it buys its own module.</summary>
    private static async Task<(TenantId Tenant, OfficialAccountId Account, LinkageId Linkage)> PopulateAsync(Registry registry)
    {
        var organisation = Make.Organisation();
        var person = Make.Person();
        var module = Make.Module(organisation.Id);
        var plan = Make.Plan(module.Id);
        var price = Make.Price(plan.Id, Money.Zero(Currency.Twd));
        var account = Make.OfficialAccount(organisation.Id);
        var linkage = Make.Linkage(account, module.Id);
        await using var work = registry.As(organisation.Id);
        work.Db.AddRange(organisation, person, module, plan, price, account, linkage, Make.Subscription(account, plan, price));
        work.Db.Add(new Membership { TenantId = organisation.Id, PersonId = person.Id, Role = Role.Owner });
        await work.Db.SaveChangesAsync();
        return (organisation.Id, account.Id, linkage.Id);
    }
}
