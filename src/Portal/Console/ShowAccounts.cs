using Line;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Operations.Suspensions;
using Portal.Purchasing;
using Portal.Store;
using Tenancy;

namespace Portal.Console;

/// <summary>What "My accounts" shows: the registry's rows, and beside them what the gateway says, if it answers.</summary>
public static class ShowAccounts
{
    private const int UnfinishedShownMax = 5;

    /// <param name="Only">Just this account; null: all of the organisation in the path.</param>
    [ForMembers(Right.ReadAccounts)]
    public sealed record Query(TenantId Organisation, OfficialAccountId? Only = null) : IQuery<AccountsView>, IInOrganisation;

    public sealed class Handler(PortalDb db, ModuleShelf shelf, GatewayClient gateway, OpenOrders orders, CurrentPerson current, TimeProvider clock) : IRequestHandler<Query, AccountsView>
    {
        public async Task<AccountsView> Handle(Query request, CancellationToken cancellationToken)
        {
            var accounts = await db.OfficialAccounts.AsNoTracking().Where(account => request.Only == null || account.Id == request.Only)
                .OrderBy(account => account.ClaimedAt).ToListAsync(cancellationToken);
            var bots = accounts.Select(account => account.BotId).ToArray();
            var linkages = await db.Linkages.AsNoTracking().Where(linkage => linkage.State != LinkageState.Ended).OrderBy(linkage => linkage.CreatedAt).ToListAsync(cancellationToken);
            var connections = await db.Connections.AsNoTracking().Where(connection => bots.Contains(connection.BotId))
                .ToDictionaryAsync(connection => connection.BotId, cancellationToken);
            var plans = await db.Subscriptions.AsNoTracking().Where(row => row.State == SubscriptionState.Active)
                .Join(db.Plans, row => row.PlanId, plan => plan.Id, (row, plan) => new { row.OfficialAccountId, row.ModuleId, plan.Code }).ToListAsync(cancellationToken);
            var suspended = linkages.Where(linkage => linkage.State == LinkageState.Suspended).Select(linkage => linkage.Id.Value).ToArray();
            var reasons = suspended.Length == 0 ? [] : await db.Set<Suspension>().AsNoTracking()
                .Where(row => row.Kind == SuspensionKind.Linkage && row.TenantId == request.Organisation && row.LiftedAt == null && suspended.Contains(row.SubjectId))
                .ToDictionaryAsync(row => row.SubjectId, row => row.Reason, cancellationToken);
            var unfinished = await orders.AllAsync(current.Required.Id, UnfinishedShownMax, cancellationToken);
            var modules = await shelf.FactsAsync([.. linkages.Select(linkage => linkage.ModuleId), .. unfinished.Select(order => order.ModuleId)], cancellationToken);

            var standing = await AskGatewayAsync(bots, cancellationToken);
            var cards = accounts.Select(account => Card(
                account,
                connections.GetValueOrDefault(account.BotId),
                linkages.Where(linkage => linkage.OfficialAccountId == account.Id),
                linkage => modules[linkage.ModuleId],
                linkage => plans.FirstOrDefault(plan => plan.OfficialAccountId == account.Id && plan.ModuleId == linkage.ModuleId)?.Code,
                linkage => reasons.GetValueOrDefault(linkage.Id.Value),
                standing));
            return new(
                [.. cards],
                standing is not null,
                [.. unfinished.Select(order => new UnfinishedOrder(order.Id, order.ListingSlug, order.PlanCode, modules[order.ModuleId].Name, order.State, order.ExpiresAt))]);
        }

        private AccountCard Card(
            OfficialAccount account, Connection? connection, IEnumerable<Linkage> linkages, Func<Linkage, ModuleFacts> facts, Func<Linkage, string?> plan, Func<Linkage, string?> suspendedFor, GatewayStanding? standing)
        {
            var seen = standing?.Accounts.GetValueOrDefault(account.BotId);
            bool Pending(long revision) => standing is not null && standing.AppliedRevision < revision;
            var modules = linkages.Select(linkage => new ModuleCard(
                linkage,
                facts(linkage),
                plan(linkage) is { } code ? facts(linkage).PlanNames.GetValueOrDefault(code, code) : null,
                linkage.Id == account.DefaultLinkageId,
                Pending(linkage.Revision),
                seen?.Linkages.FirstOrDefault(row => row.LinkageId == linkage.Id.Value)) { SuspendedFor = suspendedFor(linkage) });
            // Sorting is stable: below the first, in the order in which they came.
            IReadOnlyList<ModuleCard> stack = [.. modules.OrderBy(module => module.AnswersFirst ? 0 : 1)];
            return new(account, connection, stack, seen is null ? null : new OpenChatsCard(seen.OpenByHolder, seen.OpenChats, clock.GetUtcNow()), Pending(account.Revision) || stack.Any(module => module.IsPending)) { OwnChannel = seen?.OwnChannel };
        }

        /// <returns>Null when the gateway does not answer: the page is shown without.</returns>
        private async Task<GatewayStanding?> AskGatewayAsync(IReadOnlyList<BotId> bots, CancellationToken cancellationToken)
        {
            try
            {
                var revision = await gateway.AppliedRevisionAsync(cancellationToken);
                var accounts = await Task.WhenAll(bots.Select(bot => gateway.FindAccountAsync(bot, cancellationToken)));
                return new(revision, accounts.OfType<AccountStanding>().ToDictionary(account => account.BotId));
            }
            catch (GatewayUnavailableException)
            {
                return null;
            }
        }

        private sealed record GatewayStanding(long AppliedRevision, IReadOnlyDictionary<BotId, AccountStanding> Accounts);
    }
}
