using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Tenancy;

/// <summary>SQLite: a file that several processes write. The journal is a WAL, writers wait for one another.</summary>
internal sealed class SqliteDialect : DatabaseDialect
{
    // Extended result codes: SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override Type InstantConverter => typeof(InstantAsTextConverter);

    public override void Use(DbContextOptionsBuilder options, string connectionString, string historyTable)
    {
        var connection = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
        options.UseSqlite(connection.ToString(), sqlite => sqlite.MigrationsHistoryTable(historyTable));
        options.AddInterceptors(SqlitePragmas.Instance);
    }

    public override bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    public override string Locate(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return $"SQLite file {Path.GetFullPath(connection.DataSource)}";
    }

    /// <remarks>
    /// EF Core's own lock on SQLite is a row that outlives a killed process and then stops every later start. So the turn is a write lock on a
    /// file beside the database, which the operating system takes back; whoever holds it sweeps away what a killed process left.
    /// </remarks>
    public override async Task<IAsyncDisposable> TakeMigrationTurnAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var file = new SqliteConnectionStringBuilder(database.GetConnectionString()).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var turn = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file + ".migrating",
            Pooling = false,
            DefaultTimeout = (int)MigrationTurnMax.TotalSeconds,
        }.ToString());
        try
        {
            await turn.OpenAsync(cancellationToken);
            await using (var begin = turn.CreateCommand())
            {
                begin.CommandText = "BEGIN EXCLUSIVE";
                await begin.ExecuteNonQueryAsync(cancellationToken);
            }

            await database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }
}
