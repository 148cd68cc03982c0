namespace ModuleGateway.Journal;

/// <summary>How much is undelivered: events that are not routed yet, and deliveries that are owed. Kept by whoever writes, so that asking costs nothing. Thread-safe.</summary>
/// <remarks>Near, not exact: what was cancelled while its outcome was on its way counts twice, and other processes of the same store are seen at the next count.</remarks>
internal sealed class Undelivered
{
    private long _counted;
    private long _changes;

    public long Count => Interlocked.Read(ref _counted) + Interlocked.Read(ref _changes);

    /// <summary>All changes until now, for <see cref="Counted"/>.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>A transaction that holds changed it by so much.</summary>
    public void Change(long by)
    {
        if (by != 0)
            Interlocked.Add(ref _changes, by);
    }

    /// <summary>It was counted.</summary>
    /// <param name="count">What was found.</param>
    /// <param name="changesBefore">The changes before the count began.</param>
    public void Counted(long count, long changesBefore) => Interlocked.Exchange(ref _counted, count - changesBefore);
}
