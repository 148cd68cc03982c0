using Microsoft.EntityFrameworkCore;
using Portal.Purchasing;
using Portal.Store;

namespace Portal.Operations.Stuck;

/// <summary>Purchases that nobody has moved for an hour and that can still be taken up.</summary>
internal sealed class StuckOrders(PortalDb db, ModuleShelf shelf, TimeProvider clock) : IStuckSource
{
    private static readonly TimeSpan StuckAfter = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<StuckItem>?> FindAsync(int max, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (touched, oldest) = (now - StuckAfter, now - Order.Lifetime);
        var orders = await db.Set<Order>().AsNoTracking().Where(order => order.State != OrderState.Confirmed && order.ChangedAt < touched && order.BegunAt > oldest)
            .OrderBy(order => order.ChangedAt).Take(max).ToListAsync(cancellationToken);
        var modules = await shelf.FactsAsync([.. orders.Select(order => order.ModuleId)], cancellationToken);
        var buyers = orders.Select(order => order.BuyerId).Distinct().ToArray();
        var emails = await db.People.AsNoTracking().Where(person => buyers.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Email, cancellationToken);
        return [.. orders.Select(order => new StuckItem("Order", $"{modules[order.ModuleId].Name} · {emails[order.BuyerId]}", $"{order.State} {order.Setback}".Trim(), order.ChangedAt, $"/operations/audit?subject=order:{order.Id}"))];
    }
}
