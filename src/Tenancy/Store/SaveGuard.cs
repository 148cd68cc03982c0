using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Tenancy;

/// <summary>What no save may do, whoever asks: write another tenant's row, alter a price, lose a row that the gateway follows.</summary>
internal static class SaveGuard
{
    /// <exception cref="TenantMismatchException">A row of another tenant would be written.</exception>
    /// <exception cref="ImmutableRowException">A price would be altered or deleted, or a followed row deleted.</exception>
    public static void Check(ChangeTracker tracker, TenantScope scope)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;

            CheckTenant(entry, scope);
            CheckPrice(entry);
            if (entry is { State: EntityState.Deleted, Entity: IRevisioned })
                throw new ImmutableRowException($"A {entry.Metadata.ClrType.Name} ends, it is not deleted: whoever follows revisions would never learn of it.");
        }
    }

    private static void CheckTenant(EntityEntry entry, TenantScope scope)
    {
        if (scope.SeesEveryTenant)
            return;

        var property = entry.Entity switch
        {
            ITenantOwned => nameof(ITenantOwned.TenantId),
            Organisation => nameof(Organisation.Id),
            _ => null,
        };
        if (property is null)
            return;

        // Both values: a row must neither be taken from another tenant nor given to one.
        var owner = entry.Property(property);
        if (!IsOurs(owner.CurrentValue, scope) || (entry.State != EntityState.Added && !IsOurs(owner.OriginalValue, scope)))
        {
            throw new TenantMismatchException(
                $"A {entry.Metadata.ClrType.Name} of tenant {owner.OriginalValue} was to be {Verb(entry.State)} on behalf of {scope.Tenant?.ToString() ?? "nobody"}.");
        }
    }

    private static bool IsOurs(object? value, TenantScope scope) => value is TenantId tenant && tenant == scope.Tenant;

    private static string Verb(EntityState state) => state switch
    {
        EntityState.Added => "added",
        EntityState.Deleted => "deleted",
        _ => "changed",
    };

    private static void CheckPrice(EntityEntry entry)
    {
        if (entry.Entity is not Price || entry.State == EntityState.Added)
            return;

        var altered = entry.Properties.FirstOrDefault(property => property.IsModified && property.Metadata.Name != nameof(Price.RetiredAt))?.Metadata.Name
            ?? entry.ComplexProperties.FirstOrDefault(property => property.IsModified)?.Metadata.Name;
        if (entry.State == EntityState.Deleted || altered is not null)
            throw new ImmutableRowException($"A price keeps its {altered ?? "row"}: make a new price, and retire this one.");
    }
}
