using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using ModuleGateway.Journal;
using ModuleGateway.Store.Sql;
using Npgsql;
using Tenancy;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>The store on a server that several gateways share.</summary>
/// <remarks>
/// Each work is a transaction of its own; the server puts the commits that come together into one flush. Works on one bot have one order in all
/// processes because each takes the bot first (<see cref="PostgreSqlSession.TakeBot"/>). Works run on threads of the store's own, as many as it has
/// connections: they block on the server, and the web server's threads must not.
/// </remarks>
internal sealed partial class PostgreSqlStore : IGatewayStore, IDisposable
{
    private const int TriesMax = 5;
    private const int OldestServer = 14;

    private readonly ILogger<PostgreSqlStore> _log;
    private readonly string _connectionString;
    private readonly NpgsqlDataSource _source;
    private readonly BlockingCollection<Work> _writes;
    private readonly BlockingCollection<Work> _reads;
    private readonly List<Thread> _threads = [];
    private readonly RoutingTurn _turn = new();
    private readonly long _heldBytesMax;
    private readonly bool _mayForget;
    private long _heldBytes;

    /// <summary>By what name this process's notices go out; it passes over those that bear the one of now, whose lanes it knows already.</summary>
    private volatile ProcessName _process = new(Guid.NewGuid());

    public PostgreSqlStore(StoreOptions options, ILogger<PostgreSqlStore> log)
    {
        _log = log;
        _heldBytesMax = options.QueueBytesMax;
        _mayForget = options.AllowFsyncOff;
        _connectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            SearchPath = PostgreSqlSchema.Name,
            // A confirmed commit is on the server's disk, whatever its default is. A process that freezes inside a transaction lets go of its bot after 10 s.
            Options = "-c synchronous_commit=on -c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=10s",
            KeepAlive = 0,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 5,
            TcpKeepAliveInterval = 2,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            Enlist = false,
            Pooling = false, // Each thread keeps its own.
            IncludeErrorDetail = false, // Details hold values.
        }.ToString();
        _source = NpgsqlDataSource.Create(_connectionString);
        _writes = new BlockingCollection<Work>(options.QueueMax);
        _reads = new BlockingCollection<Work>(options.QueueMax);
        AddThreads(options.WritersMax, "writer", _writes, Write);
        AddThreads(options.ReadersMax, "reader", _reads, Read);
    }

    public Action<IReadOnlyCollection<Lane>>? OnOwed { get; set; }

    public Undelivered Undelivered { get; } = new();

    public int Waiting => _writes.Count;

    public Action? OnOwedAnywhere { get; set; }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CreateAsync(cancellationToken);
        }
        catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
        {
            throw new DatabaseUnusableException($"The gateway's database, Store:ConnectionString, cannot be used ({error.Message.TrimEnd('.')}): see that the server runs and that the user may create the schema {PostgreSqlSchema.Name}.", error);
        }

        foreach (var thread in _threads)
            thread.Start();
    }

    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default) => Enqueue(_writes, work, 0, cancellationToken);

    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, int heldBytes, CancellationToken cancellationToken) => Enqueue(_writes, work, heldBytes, cancellationToken);

    public Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default) => Enqueue(_reads, work, 0, cancellationToken);

    public async Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await PostgreSqlRole.TakeAsync(new NpgsqlConnection(_connectionString), name, Hear, TimeProvider.System, cancellationToken);
        }
        catch (Exception error) when (error is DbException or IOException or SocketException or TimeoutException)
        {
            throw new StoreUnavailableException($"The role {name} could not be taken: {error.Message}", error);
        }
    }

    public Task ForgetDeletedAsync(CancellationToken cancellationToken) => Task.CompletedTask; // The server's own cleaning has the room used again.

    public void Dispose()
    {
        _writes.CompleteAdding();
        _reads.CompleteAdding();
        foreach (var thread in _threads.Where(thread => thread.IsAlive))
            thread.Join();
        _source.Dispose();
        _writes.Dispose();
        _reads.Dispose();
    }

    private Task<T> Enqueue<T>(BlockingCollection<Work> queue, Func<IGatewayTransaction, T> work, int heldBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Add(ref _heldBytes, heldBytes) is var held && heldBytes > 0 && held > _heldBytesMax && held > heldBytes)
        {
            Interlocked.Add(ref _heldBytes, -heldBytes);
            throw new StoreUnavailableException("The store's queue is full.");
        }

        var item = new Work<T>(work, heldBytes);
        try
        {
            if (queue.TryAdd(item))
                return item.Done;
        }
        catch (InvalidOperationException) when (queue.IsAddingCompleted)
        {
            throw new StoreUnavailableException("The store is closing.");
        }

        Interlocked.Add(ref _heldBytes, -heldBytes);
        throw new StoreUnavailableException("The store's queue is full.");
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw Unusable($"Store:ConnectionString leads to PostgreSQL {connection.PostgreSqlVersion}; {OldestServer} or newer is expected.");

        // Gateways that start together make the tables once: the lock ends with the transaction.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, "SELECT pg_advisory_xact_lock(3, 0)", cancellationToken);
        await RunAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {PostgreSqlSchema.Name}", cancellationToken);
        if (await RunAsync(connection, $"SELECT to_regclass('{PostgreSqlSchema.Name}.store_version')::text", cancellationToken) is not string)
            await RunAsync(connection, PostgreSqlSchema.Create, cancellationToken);
        else if (await RunAsync(connection, "SELECT version FROM store_version", cancellationToken) is not (long)GatewaySchema.Version)
            throw Unusable($"The schema {PostgreSqlSchema.Name} was written by another version of the gateway; this one expects tables {GatewaySchema.Version}.");
        await transaction.CommitAsync(cancellationToken);

        // Each 200 to LINE is the promise that the event is on a disk.
        if (await RunAsync(connection, "SHOW synchronous_commit", cancellationToken) is not "on")
            throw Unusable("The database server does not let the gateway have synchronous_commit = on, so that it confirms what is not on its disk: connect to it without what takes that setting away.");
        if (await RunAsync(connection, "SHOW fsync", cancellationToken) is not "on")
        {
            if (!_mayForget)
                throw Unusable("The database server runs with fsync = off: what it confirms is lost when its machine fails. Turn it on, or, where nothing need be kept, set Store:AllowFsyncOff to true.");
            Log.ServerForgets(_log);
        }
    }

    private static DatabaseUnusableException Unusable(string sentence) => new(sentence, new NotSupportedException(sentence));

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Constants of this folder.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private void AddThreads(int count, string name, BlockingCollection<Work> queue, Action<Work, PostgreSqlSession> run)
    {
        for (var i = 0; i < count; i++)
            _threads.Add(new Thread(() => Serve(queue, run)) { IsBackground = true, Name = $"gateway store {name} {i}" });
    }

    private void Serve(BlockingCollection<Work> queue, Action<Work, PostgreSqlSession> run)
    {
        PostgreSqlSession? session = null;
        foreach (var work in queue.GetConsumingEnumerable())
        {
            Interlocked.Add(ref _heldBytes, -work.HeldBytes);
            // A connection that broke while nobody used it is no fault of the work's: once more on a new one.
            if (!TryRun(work, run, ref session, isLastTry: false))
                TryRun(work, run, ref session, isLastTry: true);
        }

        session?.Dispose();
    }

    /// <summary>False when nothing of the work was kept and it may be run again.</summary>
    private bool TryRun(Work work, Action<Work, PostgreSqlSession> run, ref PostgreSqlSession? session, bool isLastTry)
    {
        try
        {
            session ??= new PostgreSqlSession(_source.OpenConnection(), _turn);
            run(work, session);
            return true;
        }
        catch (Exception error) // Of a thread of the store's own: what gets past here ends the process.
        {
            if (session is { IsBroken: true } && !isLastTry)
                return false;

            work.Refuse(new StoreUnavailableException($"The store could not be reached: {error.Message}", error));
            return true;
        }
        finally
        {
            if (session is { IsBroken: true })
            {
                session.Dispose();
                session = null;
            }
        }
    }

    private static void Read(Work work, PostgreSqlSession session)
    {
        session.BeginRead();
        work.Run(session.Transaction);
        work.Publish();
    }

    private void Write(Work work, PostgreSqlSession session)
    {
        for (var tries = 1; ; tries++)
        {
            session.BeginWrite();
            try
            {
                work.Run(session.Transaction);
                if (work.HasFailed)
                {
                    session.Rollback();
                    work.Publish();
                    return;
                }
            }
            catch (Exception error) when (tries < TriesMax && Fault(error) is { } fault && IsPassing(fault))
            {
                session.Rollback();
                continue;
            }
            catch (Exception error) when (Fault(error) is { } fault)
            {
                session.Rollback();
                if (!IsOfTheWork(fault))
                    throw;
                work.Fail(error);
                return;
            }

            Lane[] touched = [.. session.Transaction.Deliveries.Touched];
            try
            {
                session.Commit(OwedNotice.Write(_process.Id, touched));
            }
            catch (PostgresException error) when (!session.IsBroken && tries < TriesMax && IsPassing(error))
            {
                session.Rollback();
                continue;
            }
            catch (PostgresException) when (!session.IsBroken)
            {
                session.Rollback();
                throw;
            }
            catch (NpgsqlException error)
            {
                // The server may have committed and its answer been lost. If it did, its notice may have come already, or come yet under the name it was given.
                session.Abandon();
                _process = new ProcessName(Guid.NewGuid());
                if (touched.Length > 0)
                    OnOwed?.Invoke(touched);
                work.Refuse(new StoreUnavailableException($"It is not known whether the store kept it: {error.Message}", error) { IsUnknown = true });
                return;
            }

            Undelivered.Change(session.TakeUndelivered());
            work.Publish();
            if (touched.Length > 0)
                OnOwed?.Invoke(touched);
            return;
        }
    }

    /// <summary>What the database itself had to say, however deep.</summary>
    private static NpgsqlException? Fault(Exception error) => error.GetBaseException() as NpgsqlException ?? error as NpgsqlException ?? error.InnerException as NpgsqlException;

    /// <summary>Two works met: run again, this one finds what the other did. Serialization failure, deadlock, unique violation.</summary>
    private static bool IsPassing(NpgsqlException fault) => fault is PostgresException { SqlState: "40001" or "40P01" or "23505" };

    /// <summary>The server is well, and this work asked for what cannot be: bad data, a broken constraint. Trying again helps nobody. A table or a right that is missing is not the work's doing.</summary>
    private static bool IsOfTheWork(NpgsqlException fault) => fault is PostgresException { SqlState: ['2', '2' or '3', ..] };

    private void Hear(string notice)
    {
        var lanes = OwedNotice.Read(notice, _process.Id);
        if (lanes is { Count: > 0 })
            OnOwed?.Invoke(lanes);
        else if (lanes is null)
            OnOwedAnywhere?.Invoke();
    }

    private sealed record ProcessName(Guid Id);

    private abstract class Work(int heldBytes)
    {
        /// <summary>Bytes of strangers that it keeps in memory while it waits.</summary>
        public int HeldBytes => heldBytes;

        public abstract bool HasFailed { get; }

        /// <summary>Runs it; a fault of the database's own is thrown, any other is kept for the caller.</summary>
        public abstract void Run(IGatewayTransaction transaction);

        public abstract void Publish();

        /// <summary>Its caller gets what it threw.</summary>
        public abstract void Fail(Exception failure);

        public abstract void Refuse(StoreUnavailableException refusal);
    }

    private sealed class Work<T>(Func<IGatewayTransaction, T> work, int heldBytes) : Work(heldBytes)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Done => _done.Task;

        public override bool HasFailed => _failure is not null;

        public override void Run(IGatewayTransaction transaction)
        {
            _failure = null;
            try
            {
                _result = work(transaction);
            }
            catch (Exception error) when (Fault(error) is null)
            {
                _failure = error;
            }
        }

        public override void Publish()
        {
            if (_failure is null)
                _done.TrySetResult(_result!);
            else
                _done.TrySetException(_failure);
        }

        public override void Fail(Exception failure) => _done.TrySetException(failure);

        public override void Refuse(StoreUnavailableException refusal) => _done.TrySetException(refusal);
    }

    private static partial class Log
    {
        [LoggerMessage(701, LogLevel.Error, "The database server runs with fsync = off, as Store:AllowFsyncOff allows: what it confirms is lost when its machine fails.")]
        public static partial void ServerForgets(ILogger logger);
    }
}
