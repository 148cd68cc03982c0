using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Databases;

/// <summary>An empty database of its own for one test: it shares the server, never the data. Gone when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string _name = $"market_test_{Guid.NewGuid():N}";

    /// <param name="kind">Which.</param>
    /// <param name="server">Connection string of a server that the test brings; null: the one of the test run.</param>
    public TestDatabase(Database kind, string? server = null)
    {
        Kind = kind;
        _server = server ?? TestServers.ConnectionString(kind);
        Folder = Directory.CreateTempSubdirectory("module-market-test-").FullName;
        ConnectionString = kind switch
        {
            Database.Sqlite => new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "market.db") }.ToString(),
            Database.PostgreSql => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ToString(),
            _ => new SqlConnectionStringBuilder(_server) { InitialCatalog = _name }.ToString(),
        };
    }

    public Database Kind { get; }

    /// <summary>A folder of its own: the data folder of whatever the test starts.</summary>
    public string Folder { get; }

    public string ConnectionString { get; }

    /// <summary>What <c>appsettings.json</c> would say.</summary>
    public Dictionary<string, string?> Configuration() => new()
    {
        ["Data:Folder"] = Folder,
        ["Database:Provider"] = Kind.ToString(),
        ["Database:ConnectionString"] = ConnectionString,
    };

    public async ValueTask DisposeAsync()
    {
        switch (Kind)
        {
            case Database.PostgreSql:
                await DropPostgreSqlAsync();
                break;
            case Database.SqlServer:
                await DropSqlServerAsync();
                break;
            default:
                using (var connection = new SqliteConnection(ConnectionString))
                    SqliteConnection.ClearPool(connection);

                break;
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task DropPostgreSqlAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);

        await using var server = new NpgsqlConnection(_server);
        await server.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)", server);
        await drop.ExecuteNonQueryAsync();
    }

    private async Task DropSqlServerAsync()
    {
        await using (var connection = new SqlConnection(ConnectionString))
            SqlConnection.ClearPool(connection);

        await using var server = new SqlConnection(_server);
        await server.OpenAsync();
        await using var drop = server.CreateCommand();
        drop.CommandText = $"IF DB_ID('{_name}') IS NOT NULL BEGIN ALTER DATABASE {_name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {_name} END";
        await drop.ExecuteNonQueryAsync();
    }
}
