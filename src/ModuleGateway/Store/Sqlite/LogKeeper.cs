namespace ModuleGateway.Store.Sqlite;

/// <summary>Brings what the file's log holds home, beside the writer: its commits need not wait while a thousand pages are written and flushed a second time.</summary>
/// <remarks>
/// The log begins anew only when all of it is home, and under load it never is from here: the writer adds to it meanwhile. So where it has grown long the
/// writer brings the few last pages home itself (<see cref="IsLong"/>). Where this one fails nothing is lost: SQLite does it within a commit, as it would
/// alone, once the log has <see cref="PagesMax"/>.
/// </remarks>
internal sealed class LogKeeper(Func<SqliteSession> open) : IDisposable
{
    /// <summary>Pages of 4 KiB that the log may have before the writer does all of it.</summary>
    public const int PagesMax = 32_000;

    private const int Step = 1000;
    private const int LongLog = 4 * Step;

    private readonly SemaphoreSlim _wake = new(0);
    private Thread? _thread;
    private long _lookedAt;
    private volatile bool _isLong;
    private volatile bool _isClosed;

    /// <summary>Nearly all of the log is home, and it is long: now the rest of it costs little.</summary>
    public bool IsLong => _isLong;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "gateway store log" };
        _thread.Start();
    }

    /// <summary>The writer's word after each commit.</summary>
    /// <param name="pages">Written since the store was opened.</param>
    public void Grew(long pages)
    {
        if (pages - _lookedAt < Step)
            return;

        _lookedAt = pages;
        _wake.Release();
    }

    /// <summary>The writer has brought the rest home.</summary>
    public void Rested() => _isLong = false;

    public void Dispose()
    {
        _isClosed = true;
        _wake.Release();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        using var session = open();
        while (true)
        {
            _wake.Wait(Timeout.Infinite);
            if (_isClosed)
                return;
            if (session.BringLogHome() is { } pages)
                _isLong = pages >= LongLog;
        }
    }
}
