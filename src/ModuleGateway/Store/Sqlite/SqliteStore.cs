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
    private readonly int _groupMax;
    private readonly int _queueMax;
    private readonly BlockingCollection<Work> _queue;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Lazy<(SqliteSession Session, FileStream Lock)> _writer;
    private readonly Thread _thread;

    /// <summary>Whoever has it writes. Nobody, until the store is open.</summary>
    private readonly SemaphoreSlim _turn = new(0, 1);

    /// <summary>Works that wait for the writer thread: who comes after them does not overtake them.</summary>
    private int _inLine;

    private volatile bool _isOpen;
    private volatile bool _isCrowded;

    public SqliteStore(StoreOptions options, StoreClock clock, Mutants? mutants = null)
    {
        _mutants = mutants;
        _clock = clock;
        _file = Path.Combine(options.Folder, "gateway.db");
        _groupMax = options.GroupMax;
        _queueMax = options.QueueMax;
        _queue = [];
        _writer = new Lazy<(SqliteSession, FileStream)>(Open);
        _thread = new Thread(Run) { IsBackground = true, Name = "gateway store writer" };
    }

    public Action<IReadOnlyCollection<Lane>>? OnOwed { get; set; }

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        // The file's time is this machine's, and never below what the process before this one wrote.
        if (_writer.Value.Session.Number("SELECT received_at FROM event ORDER BY seq DESC LIMIT 1") is { } latest)
            _clock.NotBefore(DateTimeOffset.FromUnixTimeMilliseconds(latest));
        _thread.Start();
        _isOpen = true;
        _turn.Release();
        return Task.CompletedTask;
    }

    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var item = new Work<T>(work);
        if (!TryRunAtOnce(item))
            Enqueue(item);
        return item.Done;
    }

    /// <summary>On the caller's own thread: a read of the file is done sooner than another thread would have begun it.</summary>
    public Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_readers.TryTake(out var session))
            session = new SqliteSession(_file, readOnly: true);
        try
        {
            session.Begin(_clock);
            return Task.FromResult(work(session.Transaction));
        }
        finally
        {
            _readers.Add(session);
        }
    }

    public Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken) => Task.FromResult<StoreRole>(new SqliteRole());

    public void Dispose()
    {
        _queue.CompleteAdding();
        if (_isOpen)
        {
            _thread.Join();
            _turn.Wait(Timeout.Infinite); // For a caller's own work; nobody gets it back.
        }

        foreach (var reader in _readers)
            reader.Dispose();
        if (_writer.IsValueCreated)
        {
            _writer.Value.Session.Dispose();
            _writer.Value.Lock.Dispose();
        }

        _queue.Dispose();
        _turn.Dispose();
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

    private SqliteSession OpenSession()
    {
        var session = new SqliteSession(_file, readOnly: false);
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute(_mutants is { NoFlush: true } ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");
        session.Execute("PRAGMA secure_delete = ON"); // What is erased is overwritten, not only forgotten: ids lie in the rows as they are.
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

    private bool TryRunAtOnce(Work work)
    {
        if (_isCrowded || Volatile.Read(ref _inLine) > 0 || !_turn.Wait(0))
            return false;

        try
        {
            if (Volatile.Read(ref _inLine) > 0 || _queue.IsAddingCompleted)
                return false; // Somebody came before the turn was ours.

            Commit(_writer.Value.Session, [work]);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Enqueue(Work work)
    {
        if (Interlocked.Increment(ref _inLine) > _queueMax)
        {
            Interlocked.Decrement(ref _inLine);
            throw new StoreUnavailableException("The store's queue is full.");
        }

        try
        {
            _queue.Add(work);
        }
        catch (InvalidOperationException) when (_queue.IsAddingCompleted)
        {
            throw new StoreUnavailableException("The store is closing.");
        }
    }

    private void Run()
    {
        var session = _writer.Value.Session;
        var group = new List<Work>(_groupMax);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            _turn.Wait(Timeout.Infinite);
            group.Add(first);
            while (group.Count < _groupMax && _queue.TryTake(out var next))
                group.Add(next);
            Interlocked.Add(ref _inLine, -group.Count);
            Commit(session, group);
            _isCrowded = group.Count > 1;
            _turn.Release();
            group.Clear();
        }
    }

    private void Commit(SqliteSession session, List<Work> group)
    {
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
        }
        catch (Exception error) when (error.GetBaseException() is SqliteException fault)
        {
            var refusal = new StoreUnavailableException($"The store could not commit: {fault.Message}", error);
            session.UndoAll();
            foreach (var work in group)
                work.Refuse(refusal);
            return;
        }

        foreach (var work in group)
            work.Publish();
        HandOnLanes(session);
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

    private abstract class Work
    {
        /// <summary>False when the work threw: its changes are to be rolled back, its caller gets the exception.</summary>
        public abstract bool Run(IGatewayTransaction transaction);

        public abstract void Publish();

        public abstract void Refuse(StoreUnavailableException refusal);
    }

    private sealed class Work<T>(Func<IGatewayTransaction, T> work) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Done => _done.Task;

        public override bool Run(IGatewayTransaction transaction)
        {
            _failure = null;
            try
            {
                _result = work(transaction);
                return true;
            }
            catch (Exception error) when (error.GetBaseException() is not SqliteException { SqliteErrorCode: not (LogicError or Constraint or Mismatch) })
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
