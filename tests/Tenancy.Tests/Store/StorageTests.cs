using Microsoft.EntityFrameworkCore;

namespace Tenancy.Tests.Store;

public sealed class StorageTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_saved_linkage_When_it_is_read_again_Then_every_value_is_back(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var account = await registry.NewAccountAsync();
        var (module, _, _) = await registry.NewModuleAsync();
        var linkage = Make.Linkage(account, module.Id);
        linkage.TurnedOnAt = Make.Noon.AddHours(1);

        await using (var work = registry.As(account.TenantId))
        {
            work.Db.Add(linkage);
            await work.Db.SaveChangesAsync();
        }

        await using var reading = registry.As(account.TenantId);
        var read = await reading.Db.Linkages.Include(row => row.OfficialAccount).SingleAsync(row => row.BotId == account.BotId);
        read.Id.ShouldBe(linkage.Id);
        read.ModuleId.ShouldBe(module.Id);
        read.State.ShouldBe(LinkageState.InSetUp);
        read.Scopes.ShouldBe(linkage.Scopes);
        read.OfficialAccount!.DisplayName.ShouldBe(account.DisplayName);
        read.CreatedAt.ShouldBe(Make.Noon, TimeSpan.FromMicroseconds(1));
        read.CreatedAt.Offset.ShouldBe(TimeSpan.Zero);
        read.TurnedOnAt!.Value.ShouldBe(Make.Noon.AddHours(1), TimeSpan.FromMicroseconds(1));
        read.EndedAt.ShouldBeNull();
        read.Revision.ShouldBe(linkage.Revision);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_instants_with_different_offsets_When_sorted_and_compared_in_the_database_Then_time_decides_not_text(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var (_, plan, _) = await registry.NewModuleAsync();
        var noonInTaipei = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8));
        var threeInLondon = new DateTimeOffset(2026, 3, 2, 3, 0, 0, TimeSpan.Zero); // An hour before, though "03:00" sorts like the night.
        await using var work = registry.AsEverybody();
        var later = new Price { Id = PriceId.New(), PlanId = plan.Id, Amount = Money.Of(800, Currency.Twd), Interval = BillingInterval.Year, ValidFrom = noonInTaipei };
        var earlier = new Price { Id = PriceId.New(), PlanId = plan.Id, Amount = Money.Of(700, Currency.Twd), Interval = BillingInterval.Year, ValidFrom = threeInLondon };
        work.Db.AddRange(later, earlier);
        await work.Db.SaveChangesAsync();

        var sorted = await work.Db.Prices.Where(row => row.Interval == BillingInterval.Year).OrderBy(row => row.ValidFrom).Select(row => row.Id).ToListAsync();
        var until = await work.Db.Prices.Where(row => row.Interval == BillingInterval.Year && row.ValidFrom < noonInTaipei).Select(row => row.Id).ToListAsync();

        sorted.ShouldBe([earlier.Id, later.Id]);
        until.ShouldBe([earlier.Id]);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_price_When_it_is_read_again_Then_amount_and_currency_are_back(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var (_, plan, _) = await registry.NewModuleAsync();
        var price = Make.Price(plan.Id, Money.Of(1_980, Currency.Jpy));
        await using (var work = registry.AsEverybody())
        {
            work.Db.Add(price);
            await work.Db.SaveChangesAsync();
        }

        await using var reading = registry.AsEverybody();
        var read = await reading.Db.Prices.SingleAsync(row => row.Id == price.Id);
        read.Amount.ShouldBe(Money.Of(1_980, Currency.Jpy));
        (await reading.Db.Prices.CountAsync(row => row.Amount.MinorUnits == 1_980)).ShouldBe(1);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_person_When_looked_up_by_an_address_in_other_case_Then_they_are_found_and_nobody_else_can_take_it(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var person = Make.Person(" Ching.Lin@Example.com ");
        await using (var work = registry.AsNobody())
        {
            work.Db.Add(person);
            await work.Db.SaveChangesAsync();
        }

        await using var later = registry.AsNobody();
        var found = await later.Db.People.SingleOrDefaultAsync(row => row.Email == "CHING.LIN@example.COM");
        found.ShouldNotBeNull().Id.ShouldBe(person.Id);
        later.Db.Add(Make.Person("ching.lin@EXAMPLE.com"));
        (await later.Db.TrySaveAsync(CancellationToken.None)).ShouldBeFalse();
    }
}
