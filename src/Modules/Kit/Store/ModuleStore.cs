using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Modules.Kit;

/// <summary>The module's own SQLite file. Thread-safe: each operation takes a pooled connection.</summary>
/// <remarks>WAL and <c>synchronous=FULL</c>: what was committed survives the process and the power.</remarks>
internal sealed class ModuleStore : IDisposable
{
    private readonly string _connectionString;

    public ModuleStore(IOptions<ModuleOptions> options)
    {
        var file = Path.GetFullPath(options.Value.DataFile);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10, ForeignKeys = true }.ToString();
        Run("PRAGMA journal_mode = WAL");
    }

    /// <summary>An open connection; dispose it soon.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL"; // Not kept in the file: each connection says it anew.
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Runs one statement; returns the rows it changed.</summary>
    public int Run(string sql, params (string Name, object? Value)[] parameters)
    {
        using var connection = Open();
        return connection.Run(sql, parameters);
    }

    /// <summary>Reads rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        using var connection = Open();
        return connection.Query(sql, read, parameters);
    }

    public void Dispose()
    {
        // The pool would hold the file open after the host is gone; a restart in the same process finds it free.
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
