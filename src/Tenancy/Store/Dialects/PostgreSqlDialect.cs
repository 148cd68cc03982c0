using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Tenancy;

/// <summary>PostgreSQL 15 or later.</summary>
internal sealed class PostgreSqlDialect : DatabaseDialect
{
    // Any number that nothing else locks: "market" in ASCII.
    private const long MigrationKey = 0x6d61726b6574;

    public override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    public override Type InstantConverter => typeof(InstantAsUtcConverter);

    public override void Use(DbContextOptionsBuilder options, string connectionString, string historyTable) =>
        options.UseNpgsql(connectionString, postgreSql => postgreSql.MigrationsHistoryTable(historyTable));

    public override bool IsUniqueViolation(DbException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <remarks>EF Core locks the history table, but two processes that make it at the same moment collide; an advisory lock comes before both.</remarks>
    public override async Task<IAsyncDisposable> TakeMigrationTurnAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        await EnsureDatabaseAsync(database, cancellationToken);
        var turn = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.GetConnectionString()) { Pooling = false }.ToString());
        try
        {
            await turn.OpenAsync(cancellationToken);
            await using var take = new NpgsqlCommand("SELECT pg_advisory_lock(@key)", turn) { CommandTimeout = (int)MigrationTurnMax.TotalSeconds };
            take.Parameters.AddWithValue("key", MigrationKey);
            await take.ExecuteNonQueryAsync(cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }
}
