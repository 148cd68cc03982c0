using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Store;
using Tenancy;

namespace Portal.Tests.Store;

public sealed class PortalDbTests
{
    public static TheoryData<DatabaseProvider> Providers() => [DatabaseProvider.Sqlite, DatabaseProvider.PostgreSql, DatabaseProvider.SqlServer];

    [Theory, MemberData(nameof(Providers))]
    public void Given_the_model_When_compared_with_the_last_migration_Then_nothing_is_missing(DatabaseProvider provider)
    {
        using var db = Open(provider);
        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public void Given_SQL_Server_When_the_script_is_generated_Then_grams_compare_by_bits_and_the_registrys_tables_are_left_alone()
    {
        using var db = Open(DatabaseProvider.SqlServer);
        var script = db.GetService<IMigrator>().GenerateScript();
        script.ShouldContain("[Gram] nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL");
        script.ShouldContain("CREATE TABLE [Listings]");
        script.ShouldNotContain("CREATE TABLE [Modules]");
        script.ShouldNotContain("RegistryRevision");
    }

    private static PortalDb Open(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqlitePortalDb(DesignTimeOptions.Of<SqlitePortalDb>(provider, PortalDb.HistoryTable), new TenantScope(), TimeProvider.System),
        DatabaseProvider.PostgreSql => new PostgreSqlPortalDb(DesignTimeOptions.Of<PostgreSqlPortalDb>(provider, PortalDb.HistoryTable), new TenantScope(), TimeProvider.System),
        _ => new SqlServerPortalDb(DesignTimeOptions.Of<SqlServerPortalDb>(provider, PortalDb.HistoryTable), new TenantScope(), TimeProvider.System),
    };
}
