using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>Finds a person's orders. An order is nobody else's: the buyer is part of every look.</summary>
public sealed class OpenOrders(PortalDb db, TimeProvider clock)
{
    /// <summary>The latest unfinished order of this person for this module; null when there is none or it has expired.</summary>
    public Task<Order?> FindAsync(PersonId buyer, ModuleId module, CancellationToken cancellationToken) =>
        Open(buyer).Where(order => order.ModuleId == module).FirstOrDefaultAsync(cancellationToken);

    /// <summary>All that this person may take up again, the latest first.</summary>
    /// <param name="limit">At most this many.</param>
    public Task<List<Order>> AllAsync(PersonId buyer, int limit, CancellationToken cancellationToken) => Open(buyer).Take(limit).ToListAsync(cancellationToken);

    /// <summary>One order of this person, confirmed or still open; null for anything else.</summary>
    public async Task<Order?> FindAsync(PersonId buyer, OrderId id, CancellationToken cancellationToken)
    {
        var order = await db.Set<Order>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.BuyerId == buyer, cancellationToken);
        return order is not null && (order.State == OrderState.Confirmed || order.IsOpen(clock.GetUtcNow())) ? order : null;
    }

    private IQueryable<Order> Open(PersonId buyer)
    {
        var oldest = clock.GetUtcNow() - Order.Lifetime;
        return db.Set<Order>().AsNoTracking().Where(order => order.BuyerId == buyer && order.State != OrderState.Confirmed && order.BegunAt > oldest).OrderByDescending(order => order.BegunAt);
    }
}
