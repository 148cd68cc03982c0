namespace ModuleGateway.Store.Sqlite;

/// <summary>Brings what the file's log holds home, beside the writer: its commits need not wait while a thousand pages are written and flushed a second time.</summary>
/// <remarks>
/// The log begins anew only when all of it is home, and under load it never is from here: the writer adds to it meanwhile. So where it has grown long the
/// writer brings the few last pages home itself (<see cref="Help"/>). Nor does it begin anew while somebody still reads from it, and readers that follow
/// each other without a gap would let it grow as long as they come: where it has <see cref="PagesMax"/> the writer waits for those who read now. Where this
/// one fails nothing is lost: SQLite does it within a commit, as it would alone, from then on.
/// </remarks>
internal sealed class LogKeeper(Func<SqliteSession> open) : IDisposable
{
    /// <summary>Pages of 4 KiB that the log may have before the writer does all of it.</summary>
    public const int PagesMax = 32_000;

    private const int Step = 1000;
    private const int LongLog = 4 * Step;

    /// <summary>Longer than nearly every read takes.</summary>
    private const int PatienceMillis = 250;

    private readonly Lock _bringing = new(); // SQLite turns a second one away.
    private readonly SemaphoreSlim _wake = new(0);
    private Thread? _thread;
    private long _lookedAt;
    private int _anewFrom = PagesMax; // The writer's alone.
    private volatile int _pages; // At the last look; of what is nearly all home.
    private volatile bool _isClosed;

    public void Start()
    {
        var session = open(); // Here: on its own thread nobody would hear why it cannot, and the process would end.
        _thread = new Thread(() => Run(session)) { IsBackground = true, Name = "gateway store log" };
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

    /// <summary>The writer's part, in its turn, once its callers have heard: nobody adds to the log meanwhile.</summary>
    public void Help(SqliteSession writer)
    {
        if (_pages >= _anewFrom)
        {
            // Who reads longer than that is waited for again when as much more has been written: it costs everybody's time.
            lock (_bringing)
                _anewFrom = writer.BeginLogAnew(PatienceMillis) ? PagesMax : _pages + PagesMax;
            _pages = 0;
        }
        else if (_pages >= LongLog && _bringing.TryEnter())
        {
            try
            {
                if (writer.BringLogHome() is not null)
                    _pages = 0;
            }
            finally
            {
                _bringing.Exit();
            }
        }
    }

    /// <summary>Empties the log for somebody who needs what it still says gone. Never beside another bringing home, which would turn it away.</summary>
    /// <returns>False: somebody reads from it.</returns>
    public bool Empty(SqliteSession session)
    {
        lock (_bringing)
            return session.Number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    }

    public void Dispose()
    {
        _isClosed = true;
        _wake.Release();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run(SqliteSession session)
    {
        using (session)
        {
            while (true)
            {
                _wake.Wait(Timeout.Infinite);
                if (_isClosed)
                    return;
                lock (_bringing)
                    _pages = session.BringLogHome() ?? _pages;
            }
        }
    }
}
