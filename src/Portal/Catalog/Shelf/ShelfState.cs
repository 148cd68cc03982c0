using Microsoft.EntityFrameworkCore;
using Portal.Store;

namespace Portal.Catalog.Shelf;

/// <summary>Holds the catalog in memory, never older than the last committed change: each request asks the database for one stamp, and reads again only what changed.</summary>
/// <remarks>Each process has its own; none tells another. Some 100 bytes a listing and 8 a gram: 10 000 listings take about 40 MB.</remarks>
internal sealed class ShelfState : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile ShelfSnapshot _snapshot = ShelfSnapshot.Empty;

    public async Task<ShelfSnapshot> CurrentAsync(PortalDb db, CancellationToken cancellationToken)
    {
        if (await StampAsync(db, cancellationToken) is var stamp && stamp == _snapshot.Stamp)
            return _snapshot;

        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            // Before the rows: what commits in between is found with the next look.
            stamp = await StampAsync(db, cancellationToken);
            return stamp == _snapshot.Stamp ? _snapshot : _snapshot = await new ShelfReading(db, _snapshot).ReadAsync(stamp, cancellationToken);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    /// <summary>Empty while nothing was ever saved.</summary>
    private static Task<Guid> StampAsync(PortalDb db, CancellationToken cancellationToken) =>
        db.Set<CatalogStamp>().Where(row => row.ListingId == CatalogStamp.Whole).Select(row => row.Stamp).SingleOrDefaultAsync(cancellationToken);
}
