using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>The accounts that a person may put on a plan: those of every organisation in which they may buy.</summary>
public sealed class BuyerAccounts(PortalDb db, TenantResolver resolver)
{
    /// <summary>The organisations, by name.</summary>
    public async Task<IReadOnlyList<Organisation>> CompaniesAsync(PersonId person, CancellationToken cancellationToken) =>
        [.. (await resolver.MembershipsOfAsync(person, cancellationToken)).Where(row => Rights.Has(row.Role, Right.Buy)).Select(row => row.Organisation!)];

    /// <summary>Their accounts with each one's connection, by name.</summary>
    public async Task<IReadOnlyList<BuyerAccount>> AllAsync(PersonId person, CancellationToken cancellationToken)
    {
        var companies = (await CompaniesAsync(person, cancellationToken)).ToDictionary(company => company.Id);
        var tenants = companies.Keys.ToArray();
        // A buyer stands before several organisations at once; their own memberships take the place of the one-tenant filter.
        var accounts = await db.OfficialAccounts.IgnoreQueryFilters().AsNoTracking()
            .Where(account => tenants.Contains(account.TenantId)).OrderBy(account => account.DisplayName).ToListAsync(cancellationToken);
        var bots = accounts.Select(account => account.BotId).ToArray();
        var connections = await db.Connections.AsNoTracking().Where(connection => bots.Contains(connection.BotId))
            .ToDictionaryAsync(connection => connection.BotId, cancellationToken);
        return [.. accounts.Select(account => new BuyerAccount(account, companies[account.TenantId], connections.GetValueOrDefault(account.BotId)))];
    }

    /// <summary>One of them; null when it is not theirs, or does not exist: the two look the same.</summary>
    public async Task<BuyerAccount?> FindAsync(PersonId person, OfficialAccountId id, CancellationToken cancellationToken) =>
        (await AllAsync(person, cancellationToken)).SingleOrDefault(row => row.Account.Id == id);
}

/// <param name="Connection">Null when the gateway has never attached it.</param>
public sealed record BuyerAccount(OfficialAccount Account, Organisation Company, Connection? Connection)
{
    public bool IsConnected => Connection is { State: ConnectionState.Attached };

    /// <summary>Connected with all of these, so that no trip to LINE is needed.</summary>
    public bool Grants(IReadOnlyList<string> scopes) => IsConnected && scopes.All(Connection!.Scopes.Contains);
}
