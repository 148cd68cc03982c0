using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>An organisation keeps an owner, however many go at the same time.</summary>
internal static class OwnerGuard
{
    /// <summary>Locks the owners' rows until the transaction ends, and counts them. Two who remove each other come one after the other: the second one counts what the first has left.</summary>
    /// <remarks>The update changes nothing; it is there for the lock, which every database takes for it.</remarks>
    public static async Task<int> LockAndCountAsync(PortalDb db, TenantId organisation, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
            await db.Database.BeginTransactionAsync(cancellationToken); // The command's: it ends with it.

        return await db.Memberships.Where(row => row.TenantId == organisation && row.Role == Role.Owner)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, Role.Owner), cancellationToken);
    }
}
