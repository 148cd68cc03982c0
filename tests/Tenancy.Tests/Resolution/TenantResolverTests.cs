namespace Tenancy.Tests.Resolution;

public sealed class TenantResolverTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_two_claimed_bots_When_one_is_looked_up_Then_its_owner_is_found_and_an_unclaimed_bot_has_none(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var account = await registry.NewAccountAsync();
        await registry.NewAccountAsync();
        await using var work = registry.AsNobody();

        (await work.Resolver.FindByBotAsync(account.BotId, CancellationToken.None)).ShouldBe(account.TenantId);
        (await work.Resolver.FindByBotAsync(Make.BotId(), CancellationToken.None)).ShouldBeNull();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_member_of_two_organisations_When_they_sign_in_Then_both_are_found_with_role_and_name(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var person = Make.Person();
        var (owned, viewed, foreign) = (await registry.NewOrganisationAsync(), await registry.NewOrganisationAsync(), await registry.NewOrganisationAsync());
        await using (var joining = registry.AsEverybody())
        {
            var other = Make.Person();
            joining.Db.AddRange(
                person,
                other,
                new Membership { TenantId = owned.Id, PersonId = person.Id, Role = Role.Owner },
                new Membership { TenantId = viewed.Id, PersonId = person.Id, Role = Role.Viewer },
                new Membership { TenantId = foreign.Id, PersonId = other.Id, Role = Role.Owner });
            await joining.Db.SaveChangesAsync();
        }

        await using var work = registry.AsNobody();
        var memberships = await work.Resolver.MembershipsOfAsync(person.Id, CancellationToken.None);
        var inPath = await work.Resolver.FindMembershipAsync(person.Id, viewed.Slug, CancellationToken.None);
        var stranger = await work.Resolver.FindMembershipAsync(person.Id, foreign.Slug, CancellationToken.None);
        var absent = await work.Resolver.FindMembershipAsync(person.Id, "no-such-organisation", CancellationToken.None);

        memberships.ToDictionary(membership => membership.Organisation!.Slug, membership => membership.Role)
            .ShouldBe(new Dictionary<string, Role> { [owned.Slug] = Role.Owner, [viewed.Slug] = Role.Viewer }, ignoreOrder: true);
        inPath!.TenantId.ShouldBe(viewed.Id);
        inPath.Role.ShouldBe(Role.Viewer);
        stranger.ShouldBeNull();
        absent.ShouldBeNull();
    }
}
