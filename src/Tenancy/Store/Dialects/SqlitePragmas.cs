using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tenancy;

/// <summary>Prepares each SQLite connection: readers beside a writer (WAL), a writer waits for another, a commit is on the disk.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // A write transaction here lasts milliseconds; whoever waits ten seconds has met a stuck process and should say so.
    private const string Pragmas = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
