using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Tenancy;

/// <summary>SQL Server 2019 or later, or Azure SQL.</summary>
internal sealed class SqlServerDialect : DatabaseDialect
{
    // "Cannot insert duplicate key row in object with unique index" and "Violation of PRIMARY KEY or UNIQUE constraint".
    private const int DuplicateInUniqueIndex = 2601;
    private const int DuplicateInConstraint = 2627;

    public override DatabaseProvider Provider => DatabaseProvider.SqlServer;

    public override Type InstantConverter => typeof(InstantAsUtcConverter);

    public override void Use(DbContextOptionsBuilder options, string connectionString, string historyTable) =>
        options.UseSqlServer(connectionString, sqlServer => sqlServer.MigrationsHistoryTable(historyTable));

    public override string IsNull(string column) => $"[{column}] IS NULL";

    public override bool IsUniqueViolation(DbException exception) => exception is SqlException { Number: DuplicateInUniqueIndex or DuplicateInConstraint };

    /// <remarks>EF Core takes an application lock of the session before it looks at its history; only the database must be there.</remarks>
    public override async Task<IAsyncDisposable> TakeMigrationTurnAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        await EnsureDatabaseAsync(database, cancellationToken);
        return new NoTurn();
    }

    private sealed class NoTurn : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
