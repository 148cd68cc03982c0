using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Purchasing;
using Portal.Store;
using Tenancy;

namespace Portal.Operations;

/// <summary>What the operator looks at first: events that reached nobody, connections, and orders that got stuck.</summary>
/// <remarks>Only under <c>/operations</c>, where the unit of work sees every tenant.</remarks>
public static class ShowOperations
{
    private const int RowsMax = 100;

    /// <summary>An unfinished order that nobody has touched for this long is stuck.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromHours(1);

    [ForOperators]
    public sealed record Query : IQuery<View>;

    /// <param name="Unroutable">Null: the gateway does not answer.</param>
    public sealed record View(IReadOnlyList<UnroutableEvent>? Unroutable, IReadOnlyList<ConnectionRow> Connections, IReadOnlyList<StuckOrder> Orders);

    /// <param name="Company">Null: attached at LINE, and no order has claimed it yet.</param>
    public sealed record ConnectionRow(Connection Connection, string? Company);

    public sealed record StuckOrder(Order Order, string ModuleName, string BuyerEmail);

    public sealed class Handler(PortalDb db, ModuleShelf shelf, GatewayClient gateway, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var connections = await db.Connections.AsNoTracking().OrderByDescending(row => row.AttachedAt).Take(RowsMax).ToListAsync(cancellationToken);
            var bots = connections.Select(row => row.BotId).ToArray();
            var owners = await db.OfficialAccounts.AsNoTracking().Where(account => bots.Contains(account.BotId))
                .Join(db.Organisations, account => account.TenantId, company => company.Id, (account, company) => new { account.BotId, company.Name })
                .ToDictionaryAsync(row => row.BotId, row => row.Name, cancellationToken);
            return new(
                await UnroutableAsync(cancellationToken),
                [.. connections.Select(row => new ConnectionRow(row, owners.GetValueOrDefault(row.BotId)))],
                await StuckAsync(cancellationToken));
        }

        private async Task<IReadOnlyList<StuckOrder>> StuckAsync(CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var (touched, oldest) = (now - StuckAfter, now - Order.Lifetime);
            var orders = await db.Set<Order>().AsNoTracking()
                .Where(order => order.State != OrderState.Confirmed && order.ChangedAt < touched && order.BegunAt > oldest)
                .OrderByDescending(order => order.ChangedAt).Take(RowsMax).ToListAsync(cancellationToken);
            var modules = await shelf.FactsAsync([.. orders.Select(order => order.ModuleId)], cancellationToken);
            var buyers = orders.Select(order => order.BuyerId).Distinct().ToArray();
            var emails = await db.People.AsNoTracking().Where(person => buyers.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Email, cancellationToken);
            return [.. orders.Select(order => new StuckOrder(order, modules[order.ModuleId].Name, emails[order.BuyerId]))];
        }

        private async Task<IReadOnlyList<UnroutableEvent>?> UnroutableAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await gateway.UnroutableAsync(RowsMax, cancellationToken);
            }
            catch (GatewayUnavailableException)
            {
                return null; // The page says so in its place and shows the rest.
            }
        }
    }
}
