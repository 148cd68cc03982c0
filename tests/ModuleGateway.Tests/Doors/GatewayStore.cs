using Npgsql;

namespace ModuleGateway.Tests;

/// <summary>A store for the gateways of one test: a file, or a database of its own on the test run's server, whose time goes with the test's clock.</summary>
public sealed class GatewayStore
{
    private readonly string? _connectionString; // Null: a file in the gateway's own folder.
    private readonly Func<ValueTask> _drop = () => ValueTask.CompletedTask;

    public GatewayStore(Database kind, TestClock clock, string? ofServer = null)
    {
        if (kind == Database.Sqlite)
            return;

        var server = new TestDatabase(kind, ofServer);
        _connectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ToString();
        _drop = server.DisposeAsync;
        clock.Moving = MoveBy;
    }

    /// <summary>What a gateway's configuration says of it.</summary>
    public Dictionary<string, string?> Settings => _connectionString is null ? [] : new()
    {
        ["Store:Provider"] = "PostgreSql",
        ["Store:AllowFsyncOff"] = "true", // What tests/with-postgresql holds is thrown away.
        ["Store:ConnectionString"] = _connectionString,
        ["Database:Provider"] = "PostgreSql",
        ["Database:ConnectionString"] = _connectionString,
    };

    /// <summary>Makes the database, if there is one to make.</summary>
    public async Task CreateAsync()
    {
        if (_connectionString is null)
            return;

        var own = new NpgsqlConnectionStringBuilder(_connectionString);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Database = "postgres" }.ToString());
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {own.Database}", connection);
        await create.ExecuteNonQueryAsync();
    }

    /// <summary>Puts a clock that a test can move in the place of the server's: the server's time plus an offset.</summary>
    public async Task FollowClockAsync()
    {
        if (_connectionString is null)
            return;

        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var replace = new NpgsqlCommand(
            """
            CREATE TABLE IF NOT EXISTS gateway.test_clock (offset_millis BIGINT NOT NULL);
            INSERT INTO gateway.test_clock SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM gateway.test_clock);
            CREATE OR REPLACE FUNCTION gateway.gateway_now() RETURNS BIGINT LANGUAGE sql VOLATILE AS
                'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + (SELECT offset_millis FROM gateway.test_clock)';
            """,
            connection);
        await replace.ExecuteNonQueryAsync();
    }

    /// <summary>Completes when one of the gateways on this database delivers.</summary>
    public async Task DeliveredFromAsync()
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var ask = new NpgsqlCommand(
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND locktype = 'advisory' AND classid = 2 AND granted", connection);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((long)(await ask.ExecuteScalarAsync(limit.Token))! == 0)
        {
        }
    }

    public ValueTask DropAsync() => _drop();

    private void MoveBy(TimeSpan by)
    {
        using var connection = new NpgsqlConnection(_connectionString);
        connection.Open();
        using var move = new NpgsqlCommand("UPDATE gateway.test_clock SET offset_millis = offset_millis + $1", connection) { Parameters = { new NpgsqlParameter { Value = (long)by.TotalMilliseconds } } };
        move.ExecuteNonQuery();
    }
}
