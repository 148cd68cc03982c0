using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using ModuleGateway.Journal;
using ModuleGateway.Store.Sql;
using Tenancy;

namespace ModuleGateway.Store.Sqlite;

/// <summary>The embedded store: one file, one writer at a time, group commit.</summary>
/// <remarks>
/// A work that finds nobody at work and nobody waiting is done by its caller at once: handing it to another thread and back costs as much as the
/// flush. Who comes meanwhile waits for the writer thread. Where works come together they all go that way, until one comes alone again.
/// Everything that waits at the same time becomes durable with one flush: WAL with <c>synchronous=FULL</c> syncs once a commit.
/// A work that throws takes nothing of its neighbours with it: the group is run again, each work in a savepoint of its own. Because there is one
/// writer, works see each other in one order: that order is what control's linearizability rests on.
/// </remarks>
internal sealed class SqliteStore : IGatewayStore, IDisposable
{
    private readonly string _file;
    private readonly StoreClock _clock;
    private readonly Mutants? _mutants;
    private readonly WriterLine<Work> _line;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Lazy<(SqliteSession Session, FileStream Lock)> _writer;
    private readonly LogKeeper _log;
    private readonly Thread _thread;
    private bool _isOpen;
    private int _inTurn; // Works of the group that is being done; its writer's alone.

    public SqliteStore(StoreOptions options, StoreClock clock, Mutants? mutants = null)
    {
        _mutants = mutants;
        _clock = clock;
        _file = Path.Combine(options.Folder, "gateway.db");
        _line = new WriterLine<Work>(options.GroupMax, options.QueueMax, options.QueueBytesMax);
        _writer = new Lazy<(SqliteSession, FileStream)>(Open);
        _log = new LogKeeper(OpenFile);
        _thread = new Thread(Run) { IsBackground = true, Name = "gateway store writer" };
    }

    public Action<IReadOnlyCollection<Lane>>? OnOwed { get; set; }

    public Undelivered Undelivered { get; } = new();

    public int Waiting => _line.Waiting;

    /// <summary>One process and its own commits: it is always known where.</summary>
    public Action? OnOwedAnywhere { get; set; }

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        // The file's time is this machine's, and never below what the process before this one wrote.
        if (_writer.Value.Session.Number("SELECT received_at FROM event ORDER BY seq DESC LIMIT 1") is { } latest)
            _clock.NotBefore(DateTimeOffset.FromUnixTimeMilliseconds(latest));
        _writer.Value.Session.IsAwaited = () => _inTurn > 1 || _line.SomebodyWaits;
        _log.Start();
        _thread.Start();
        _isOpen = true;
        _line.Open();
        return Task.CompletedTask;
    }

    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default) => WriteAsync(work, 0, cancellationToken);

    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, int heldBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var item = new Work<T>(work, isBrief: heldBytes > 0);
        switch (_line.Come(item, heldBytes))
        {
            case Place.Turn:
                RunAtOnce(item);
                return item.Done;
            case Place.InLine:
                return item.Done;
            case Place.NoRoom:
                throw new StoreUnavailableException("The store's queue is full.");
            default:
                throw new StoreUnavailableException("The store is closing.");
        }
    }

    /// <summary>On the caller's own thread: a read of the file is done sooner than another thread would have begun it.</summary>
    public Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Read(work));
        }
        catch (Exception error) when (IsOfTheStore(error))
        {
            throw new StoreUnavailableException($"The store could not be read: {error.GetBaseException().Message}", error);
        }
    }

    private T Read<T>(Func<IGatewayTransaction, T> work)
    {
        if (!_readers.TryTake(out var session))
            session = new SqliteSession(_file, readOnly: true);
        try
        {
            session.Begin(_clock);
            session.Execute("BEGIN"); // One view of the file for all that the work reads.
            return work(session.Transaction);
        }
        finally
        {
            session.EndRead();
            _readers.Add(session);
        }
    }

    public Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken) => Task.FromResult<StoreRole>(new SqliteRole());

    /// <summary>What the log still says of it goes: its pages are written home, and it begins anew.</summary>
    public Task ForgetDeletedAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var session = new SqliteSession(_file, readOnly: false);
            if (!_log.Empty(session))
                throw new StoreUnavailableException("The log is being read and could not be emptied.");
        },
        cancellationToken);

    public void Dispose()
    {
        _line.Close();
        if (_isOpen)
            _thread.Join();
        _log.Dispose();

        foreach (var reader in _readers)
            reader.Dispose();
        if (_writer.IsValueCreated)
        {
            _writer.Value.Session.Dispose();
            _writer.Value.Lock.Dispose();
        }

        _line.Dispose();
    }

    private (SqliteSession, FileStream) Open()
    {
        FileStream ownership;
        try
        {
            // One process owns the file: two writers would each believe their own order.
            ownership = new FileStream(_file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new DatabaseUnusableException($"{_file} is in use by another gateway, or cannot be written: stop the other one, or choose another folder.", error);
        }

        try
        {
            return (OpenSession(), ownership);
        }
        catch (SqliteException error)
        {
            ownership.Dispose();
            throw new DatabaseUnusableException($"{_file} cannot be used ({error.Message.TrimEnd('.')}): put a good copy in its place, or start with another folder.", error);
        }
    }

    private SqliteSession OpenFile()
    {
        var session = new SqliteSession(_file, readOnly: false);
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute(_mutants is { NoFlush: true } ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");
        return session;
    }

    private SqliteSession OpenSession()
    {
        var session = OpenFile();
        session.Execute($"PRAGMA wal_autocheckpoint = {LogKeeper.PagesMax}");
        session.Execute("PRAGMA secure_delete = ON"); // What is erased is overwritten, not only forgotten: ids lie in the rows as they are.
        session.Execute("PRAGMA cache_size = -8192"); // 8 MiB: the inner pages of its indexes; the standard of 2 MiB reads them again and again.
        session.Execute("PRAGMA temp_store = MEMORY"); // What a savepoint keeps to give back: a large group would write that to a file.
        if (session.Number("PRAGMA synchronous") != 2 && _mutants is not { NoFlush: true })
            throw new SqliteException("it cannot be opened with synchronous = FULL, which the promise behind each 200 needs", 1);
        var version = session.Number("PRAGMA user_version");
        if (version == 0)
            session.RunAll($"BEGIN IMMEDIATE; {GatewaySchema.ForSqlite} PRAGMA user_version = {GatewaySchema.Version}; COMMIT");
        else if (version != GatewaySchema.Version)
            throw new SqliteException($"it was written by another version of the gateway: tables {version}, expected {GatewaySchema.Version}", 1);
        return session;
    }

    private void RunAtOnce(Work work)
    {
        try
        {
            Commit(_writer.Value.Session, [work]);
        }
        finally
        {
            _line.PassOn();
        }
    }

    private void Run()
    {
        var session = _writer.Value.Session;
        var group = new List<Work>();
        while (_line.Next(group))
            Commit(session, group);
    }

    private void Commit(SqliteSession session, List<Work> group)
    {
        _inTurn = group.Count;
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            if (!RunAll(session, group))
            {
                session.Undo("ROLLBACK");
                session.Execute("BEGIN IMMEDIATE");
                RunApart(session, group);
            }

            session.Execute("COMMIT");
            Undelivered.Change(session.TakeUndelivered());
            _log.Grew(session.PagesWritten);
        }
        catch (Exception error) when (error.GetBaseException() is SqliteException fault)
        {
            var refusal = new StoreUnavailableException($"The store could not commit: {fault.Message}", error);
            session.UndoAll();
            ThreadPool.UnsafeQueueUserWorkItem(static refused => refused.Works.ForEach(work => work.Refuse(refused.Why)), (Works: group.ToList(), Why: refusal), preferLocal: false);
            return;
        }

        Publish(group);
        HandOnLanes(session);
        _log.Help(session); // Whoever waited has heard by now.
    }

    /// <summary>Callers that go on with little are told several by one thread: to queue each of them costs as much as what they then do.</summary>
    private static void Publish(List<Work> group)
    {
        var brief = new List<Work>(BriefMax);
        foreach (var work in group)
        {
            if (!work.IsBrief || group.Count == 1)
            {
                work.Publish();
                continue;
            }

            brief.Add(work);
            if (brief.Count == BriefMax)
            {
                ThreadPool.UnsafeQueueUserWorkItem(new BriefWorks(brief), preferLocal: false);
                brief = new List<Work>(BriefMax);
            }
        }

        if (brief.Count > 0)
            ThreadPool.UnsafeQueueUserWorkItem(new BriefWorks(brief), preferLocal: false);
    }

    /// <summary>Nearly always none of them throws, and then none needs a savepoint. False when one did.</summary>
    private bool RunAll(SqliteSession session, List<Work> group)
    {
        foreach (var work in group)
        {
            session.Begin(_clock);
            if (!work.Run(session.Transaction))
                return false;
        }

        return true;
    }

    private void RunApart(SqliteSession session, List<Work> group)
    {
        foreach (var work in group)
        {
            session.Execute("SAVEPOINT work");
            session.Begin(_clock);
            if (!work.Run(session.Transaction))
                session.Undo("ROLLBACK TO work");
            session.Execute("RELEASE work");
        }
    }

    private void HandOnLanes(SqliteSession session)
    {
        var touched = session.Transaction.Deliveries.Touched;
        if (touched.Count == 0)
            return;

        // A work that was rolled back may have named a lane in vain: its reader then finds nothing.
        OnOwed?.Invoke([.. touched]);
        touched.Clear();
    }

    // SQLite's codes for what a work itself did wrong. Everything else (full, I/O, memory, corrupt) is the store's, and fails the whole group.
    private const int LogicError = 1;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    private static bool IsOfTheStore(Exception error) => error.GetBaseException() is SqliteException { SqliteErrorCode: not (LogicError or Constraint or Mismatch) };

    private const int BriefMax = 8; // Some 20 µs each.

    private sealed class BriefWorks(List<Work> works) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            foreach (var work in works)
                work.Publish();
        }
    }

    private abstract class Work
    {
        /// <summary>Its caller goes on with little and blocks nobody.</summary>
        public abstract bool IsBrief { get; }

        /// <summary>False when the work threw: its changes are to be rolled back, its caller gets the exception.</summary>
        public abstract bool Run(IGatewayTransaction transaction);

        public abstract void Publish();

        public abstract void Refuse(StoreUnavailableException refusal);
    }

    private sealed class Work<T>(Func<IGatewayTransaction, T> work, bool isBrief) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(isBrief ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Done => _done.Task;

        public override bool IsBrief => isBrief;

        public override bool Run(IGatewayTransaction transaction)
        {
            _failure = null;
            try
            {
                _result = work(transaction);
                return true;
            }
            catch (Exception error) when (!IsOfTheStore(error))
            {
                _failure = error;
                return false;
            }
        }

        public override void Publish()
        {
            if (_failure is null)
                _done.SetResult(_result!);
            else
                _done.SetException(_failure);
        }

        public override void Refuse(StoreUnavailableException refusal) => _done.TrySetException(refusal);
    }
}
