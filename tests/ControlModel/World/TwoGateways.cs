using System.Buffers.Binary;
using System.Globalization;
using Npgsql;

namespace ControlModel.World;

/// <summary>Two gateways as processes of their own on one PostgreSQL, whose time is the suite's. A restart is a kill.</summary>
internal sealed class TwoGateways : IGateway
{
    private readonly TestDatabase _database = new(Database.PostgreSql);
    private readonly GatewayProcess?[] _processes = new GatewayProcess?[2];
    private readonly TaskCompletionSource[] _up = [Closed(), Closed()];
    private readonly string _connectionString;
    private readonly string _mutant;
    private readonly NpgsqlDataSource _source; // The suite's own connections, kept.
    private readonly StoreReader _reader;
    private long _now;

    private TwoGateways(string lineOrigin, string mutant)
    {
        _mutant = mutant;
        _connectionString = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ToString();
        Settings = new Dictionary<string, string?>(World.Settings.For(_database.Folder, lineOrigin))
        {
            ["Store:Provider"] = "PostgreSql",
            ["Store:AllowFsyncOff"] = "true", // What tests/with-postgresql holds is thrown away.
            ["Store:ConnectionString"] = _connectionString,
            ["Database:Provider"] = "PostgreSql",
            ["Database:ConnectionString"] = _connectionString,
        };
        Doors = [new Uri($"http://127.0.0.1:{SqliteGateway.FreePort()}"), new Uri($"http://127.0.0.1:{SqliteGateway.FreePort()}")];
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        _reader = new StoreReader(_source.CreateConnection, "gateway.");
    }

    public IReadOnlyList<Uri> Doors { get; }

    public bool HasOnePlaceOrder => false;

    public long Now => Interlocked.Read(ref _now);

    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <param name="mutant">The bug that both have; empty: none.</param>
    public static async Task<TwoGateways> StartAsync(string lineOrigin, string mutant = "")
    {
        var gateways = new TwoGateways(lineOrigin, mutant);
        var own = new NpgsqlConnectionStringBuilder(gateways._connectionString);
        await using (var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(gateways._connectionString) { Database = "postgres" }.ToString()))
        {
            await server.OpenAsync();
            await RunAsync(server, null, $"CREATE DATABASE {own.Database}");
        }

        await gateways.StartAsync(0);
        await gateways.FreezeTimeAsync();
        await gateways.StartAsync(1);
        return gateways;
    }

    /// <summary>Time moves while no bot is in anybody's hands: whoever has read it has committed when this completes.</summary>
    public async Task AdvanceAsync(long millis)
    {
        while (true)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync();
                await using var move = await connection.BeginTransactionAsync();
                foreach (var bot in await BotsAsync(connection, move))
                    await RunAsync(connection, move, $"SELECT pg_advisory_xact_lock({BinaryPrimitives.ReadInt64BigEndian(bot).ToString(CultureInfo.InvariantCulture)})");
                await RunAsync(connection, move, $"UPDATE gateway.model_clock SET millis = millis + {millis.ToString(CultureInfo.InvariantCulture)}");
                await move.CommitAsync();
                Interlocked.Add(ref _now, millis);
                return;
            }
            catch (PostgresException passing) when (passing.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // A work that takes several bots was in the way: nothing was moved.
            }
        }
    }

    public async Task RestartAsync(int door)
    {
        _up[door] = Closed();
        _processes[door]!.Kill();
        _processes[door]!.Dispose();
        await StartAsync(door);
    }

    public Task UpAsync(int door) => _up[door].Task;

    public Task<Rows> ReadNewAsync() => _reader.ReadNewAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            process?.Dispose();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<List<byte[]>> BotsAsync(NpgsqlConnection connection, NpgsqlTransaction move)
    {
        await using var command = new NpgsqlCommand("SELECT bot FROM gateway.account ORDER BY bot", connection, move);
        await using var reader = await command.ExecuteReaderAsync();
        var bots = new List<byte[]>();
        while (await reader.ReadAsync())
            bots.Add(reader.GetFieldValue<byte[]>(0));
        return bots;
    }

    private static async Task RunAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql)
    {
#pragma warning disable CA2100 // Made of constants and numbers of the suite's own.
        await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private async Task StartAsync(int door)
    {
        _processes[door] = await GatewayProcess.StartAsync(Settings, Doors[door], _mutant);
        _up[door].SetResult();
    }

    /// <summary>Puts a clock that stands still in the place of the server's.</summary>
    private async Task FreezeTimeAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await RunAsync(
            connection, null,
            """
            CREATE TABLE gateway.model_clock (millis BIGINT NOT NULL);
            INSERT INTO gateway.model_clock SELECT gateway.gateway_now() + 1000;
            CREATE OR REPLACE FUNCTION gateway.gateway_now() RETURNS BIGINT LANGUAGE sql VOLATILE AS 'SELECT millis FROM gateway.model_clock';
            """);
        await using var read = new NpgsqlCommand("SELECT millis FROM gateway.model_clock", connection);
        _now = (long)(await read.ExecuteScalarAsync())!;
    }
}
