using Microsoft.EntityFrameworkCore;

namespace Tenancy.Tests.Store;

public sealed class RaceTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_two_tenants_that_both_saw_a_free_bot_When_both_claim_it_at_once_Then_one_has_it(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var botId = Make.BotId();
        var tenants = new[] { await registry.NewOrganisationAsync(), await registry.NewOrganisationAsync() };

        var claims = await Task.WhenAll(tenants.Select(tenant => Task.Run(async () =>
        {
            await using var work = registry.As(tenant.Id);
            work.Db.Add(Make.OfficialAccount(tenant.Id, botId));
            return await work.Db.TrySaveAsync(CancellationToken.None);
        })));

        claims.Count(claimed => claimed).ShouldBe(1);
        await using var after = registry.AsNobody();
        (await after.Resolver.FindByBotAsync(botId, CancellationToken.None)).ShouldBe(tenants[Array.IndexOf(claims, true)].Id);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_eight_clicks_at_once_When_each_subscribes_the_same_bot_to_the_same_module_Then_one_subscription_lives(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var account = await registry.NewAccountAsync();
        var (_, plan, price) = await registry.NewModuleAsync();

        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var work = registry.As(account.TenantId);
            work.Db.Add(Make.Subscription(account, plan, price));
            return await work.Db.TrySaveAsync(CancellationToken.None);
        })));

        clicks.Count(saved => saved).ShouldBe(1);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_an_ended_subscription_When_the_same_bot_subscribes_to_the_module_again_Then_it_may(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var account = await registry.NewAccountAsync();
        var (_, plan, price) = await registry.NewModuleAsync();
        await using var work = registry.As(account.TenantId);
        var first = Make.Subscription(account, plan, price);
        work.Db.Add(first);
        await work.Db.SaveChangesAsync();
        first.State = SubscriptionState.Ended;
        first.EndedAt = Make.Noon.AddDays(1);
        await work.Db.SaveChangesAsync();

        work.Db.Add(Make.Subscription(account, plan, price));

        (await work.Db.TrySaveAsync(CancellationToken.None)).ShouldBeTrue();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_two_who_read_the_same_linkage_When_one_ends_it_and_the_other_pauses_it_Then_the_later_is_told_and_it_stays_ended(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var account = await registry.NewAccountAsync();
        var (module, _, _) = await registry.NewModuleAsync();
        await using (var setUp = registry.As(account.TenantId))
        {
            setUp.Db.Add(Make.Linkage(account, module.Id));
            await setUp.Db.SaveChangesAsync();
        }

        await using var ending = registry.As(account.TenantId);
        await using var pausing = registry.As(account.TenantId);
        var toEnd = await ending.Db.Linkages.SingleAsync();
        var toPause = await pausing.Db.Linkages.SingleAsync();
        toEnd.State = LinkageState.Ended;
        (await ending.Db.TrySaveAsync(CancellationToken.None)).ShouldBeTrue();
        toPause.State = LinkageState.Paused;

        (await pausing.Db.TrySaveAsync(CancellationToken.None)).ShouldBeFalse();

        (await pausing.Db.Linkages.SingleAsync()).State.ShouldBe(LinkageState.Ended); // Read again: the context forgot what it held.
    }

    [Fact]
    public async Task Given_a_row_without_its_parent_When_it_is_tried_Then_it_throws_because_nobody_was_first()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        await using var work = registry.AsEverybody();
        work.Db.Add(Make.OfficialAccount(TenantId.New()));

        await Should.ThrowAsync<DbUpdateException>(() => work.Db.TrySaveAsync(CancellationToken.None));
    }
}
