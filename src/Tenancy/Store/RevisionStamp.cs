using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Tenancy;

/// <summary>Gives every changed row that the gateway follows the store's next revision, inside the transaction that saves it.</summary>
/// <remarks>
/// The counter's row is written first and stays locked until the commit, so the next writer waits there: revisions are committed in order,
/// and writers, who all begin with the same row, cannot deadlock on it.
/// </remarks>
internal static class RevisionStamp
{
    public static bool IsNeeded(ChangeTracker tracker) => Changed(tracker).Any();

    public static void Apply(RegistryDb db)
    {
        Counter(db).ExecuteUpdate(row => row.SetProperty(counter => counter.Value, counter => counter.Value + 1));
        Stamp(db.ChangeTracker, Counter(db).Select(row => row.Value).Single());
    }

    public static async Task ApplyAsync(RegistryDb db, CancellationToken cancellationToken)
    {
        await Counter(db).ExecuteUpdateAsync(row => row.SetProperty(counter => counter.Value, counter => counter.Value + 1), cancellationToken);
        Stamp(db.ChangeTracker, await Counter(db).Select(row => row.Value).SingleAsync(cancellationToken));
    }

    private static IQueryable<RegistryRevision> Counter(RegistryDb db) => db.Revisions.Where(row => row.Id == RegistryRevision.TheRow);

    private static void Stamp(ChangeTracker tracker, long revision)
    {
        foreach (var entry in Changed(tracker).ToList())
            entry.Property(nameof(IRevisioned.Revision)).CurrentValue = revision;
    }

    private static IEnumerable<EntityEntry<IRevisioned>> Changed(ChangeTracker tracker) =>
        tracker.Entries<IRevisioned>().Where(entry => entry.State is EntityState.Added or EntityState.Modified);
}
