using Line;
using Microsoft.EntityFrameworkCore;

namespace Tenancy;

/// <summary>Answers whose work this is, before there is a tenant to filter by.</summary>
/// <remarks>The one place that reads past the tenant filter. What it returns is untracked, and only what the question names.</remarks>
public sealed class TenantResolver(RegistryDb db)
{
    /// <summary>The tenant that owns a bot.</summary>
    /// <returns>Null when nobody here has claimed it.</returns>
    public async Task<TenantId?> FindByBotAsync(BotId botId, CancellationToken cancellationToken) =>
        (await db.OfficialAccounts.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(account => account.BotId == botId, cancellationToken))?.TenantId;

    /// <summary>The organisations that a signed-in person belongs to, each with its row, by name.</summary>
    public async Task<IReadOnlyList<Membership>> MembershipsOfAsync(PersonId personId, CancellationToken cancellationToken) =>
        await db.Memberships.IgnoreQueryFilters().AsNoTracking().Include(membership => membership.Organisation)
            .Where(membership => membership.PersonId == personId)
            .OrderBy(membership => membership.Organisation!.Name)
            .ToListAsync(cancellationToken);

    /// <summary>A person's membership of the organisation that stands in the path, with the organisation's row.</summary>
    /// <returns>Null when there is no such organisation or the person is a stranger there: the two look the same.</returns>
    public Task<Membership?> FindMembershipAsync(PersonId personId, string slug, CancellationToken cancellationToken) =>
        db.Memberships.IgnoreQueryFilters().AsNoTracking().Include(membership => membership.Organisation)
            .SingleOrDefaultAsync(membership => membership.PersonId == personId && membership.Organisation!.Slug == slug, cancellationToken);

    /// <summary>A person's role in an organisation, as it is now.</summary>
    /// <returns>Null for a stranger.</returns>
    public Task<Role?> RoleOfAsync(PersonId personId, TenantId tenantId, CancellationToken cancellationToken) =>
        db.Memberships.IgnoreQueryFilters().AsNoTracking().Where(membership => membership.PersonId == personId && membership.TenantId == tenantId)
            .Select(membership => (Role?)membership.Role).SingleOrDefaultAsync(cancellationToken);
}
