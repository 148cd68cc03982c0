using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tenancy.Tests.Migrations;

public sealed class MigrationTests
{
    [Fact]
    public void Given_the_model_When_compared_with_the_migrations_Then_none_is_missing_on_any_database()
    {
        using RegistryDb sqlite = new SqliteRegistryDb(DesignTimeOptions.Of<SqliteRegistryDb>(DatabaseProvider.Sqlite, "x"), new TenantScope());
        using RegistryDb postgreSql = new PostgreSqlRegistryDb(DesignTimeOptions.Of<PostgreSqlRegistryDb>(DatabaseProvider.PostgreSql, "x"), new TenantScope());
        using RegistryDb sqlServer = new SqlServerRegistryDb(DesignTimeOptions.Of<SqlServerRegistryDb>(DatabaseProvider.SqlServer, "x"), new TenantScope());

        foreach (var db in new[] { sqlite, postgreSql, sqlServer })
        {
            db.Database.HasPendingModelChanges().ShouldBeFalse(db.GetType().Name);
            db.Database.GetMigrations().ShouldNotBeEmpty(db.GetType().Name);
        }
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_an_empty_server_When_six_processes_start_at_once_Then_each_finds_the_tables_and_none_fails(Database database)
    {
        await using var empty = new TestDatabase(database);
        var apps = Enumerable.Range(0, 6).Select(_ => App(empty)).ToList();

        await Task.WhenAll(apps.Select(app => Task.Run(() => app.GetRequiredService<RegistryMigrator>().MigrateAsync(CancellationToken.None))));

        foreach (var app in apps)
        {
            await using var scope = app.CreateAsyncScope();
            (await scope.ServiceProvider.GetRequiredService<RegistryDb>().CurrentRevisionAsync(CancellationToken.None)).ShouldBe(0);
        }

        foreach (var app in apps)
            await app.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_process_that_was_killed_while_it_migrated_When_the_next_one_starts_Then_it_is_not_held_up()
    {
        await using var database = new TestDatabase(Database.Sqlite);
        await using (var killed = new SqliteConnection(database.ConnectionString))
        {
            // What EF Core leaves behind when its process dies between taking its lock and giving it back.
            await killed.OpenAsync();
            await using var command = killed.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-03-02 12:00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var app = App(database);
        await app.GetRequiredService<RegistryMigrator>().MigrateAsync(limit.Token);

        await using var scope = app.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<RegistryDb>().Database.GetPendingMigrationsAsync(limit.Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_file_that_is_no_database_When_the_app_starts_Then_one_sentence_names_it_and_the_file_is_left_alone()
    {
        await using var database = new TestDatabase(Database.Sqlite);
        var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        var content = string.Concat(Enumerable.Repeat("This is a letter, not a database. ", 100));
        await File.WriteAllTextAsync(file, content);
        await using var app = App(database);

        var failure = await Should.ThrowAsync<DatabaseUnusableException>(() => app.GetRequiredService<RegistryMigrator>().MigrateAsync(CancellationToken.None));

        failure.Message.ShouldStartWith($"The SQLite file {file} cannot be used: ");
        failure.Message.ShouldContain("file is not a database");
        (await File.ReadAllTextAsync(file)).ShouldBe(content);
    }

    [Fact]
    public async Task Given_a_server_that_is_not_there_When_the_app_starts_Then_one_sentence_says_where_it_was_sought_and_keeps_the_password()
    {
        await using var folder = new TestDatabase(Database.Sqlite);
        var port = ClosedPort();
        await using var app = App(new Dictionary<string, string?>
        {
            ["Data:Folder"] = folder.Folder,
            ["Database:Provider"] = "PostgreSql",
            ["Database:ConnectionString"] = $"Host=127.0.0.1;Port={port};Database=market;Username=market;Password=hunter2",
        });

        var failure = await Should.ThrowAsync<DatabaseUnusableException>(() => app.GetRequiredService<RegistryMigrator>().MigrateAsync(CancellationToken.None));

        failure.Message.ShouldStartWith($"The PostgreSql database 'market' on tcp://127.0.0.1:{port} cannot be used: ");
        failure.Message.ShouldNotContain("hunter2");
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static ServiceProvider App(TestDatabase database) => App(database.Configuration());

    private static ServiceProvider App(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddLogging().AddTenancy(configuration).BuildServiceProvider();
    }
}
