using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Tenancy.Tests.Migrations;

public sealed class DerivedContextTests
{
    [Fact]
    public void Given_a_context_that_adds_a_table_to_the_registry_When_its_migration_is_made_Then_it_has_that_table_and_nothing_of_the_registrys()
    {
        using var shelf = new ShelfDb(DesignTimeOptions.Of<ShelfDb>(DatabaseProvider.Sqlite, "ShelfMigrations"), new TenantScope());
        var model = shelf.GetService<IDesignTimeModel>().Model;

        var operations = shelf.GetService<IMigrationsModelDiffer>().GetDifferences(null, model.GetRelationalModel());

        operations.Select(operation => operation.GetType()).ShouldBe([typeof(CreateTableOperation), typeof(CreateIndexOperation)]);
        var table = operations.OfType<CreateTableOperation>().Single();
        table.Name.ShouldBe("Books");
        table.ForeignKeys.ShouldHaveSingleItem().PrincipalTable.ShouldBe("Organisations");
    }

    [Fact]
    public async Task Given_a_tenant_owned_table_of_a_derived_context_When_it_is_read_and_written_Then_filter_and_guard_hold_without_a_word()
    {
        await using var database = new TestDatabase(Database.Sqlite);
        var options = new DbContextOptionsBuilder<ShelfDb>();
        DatabaseDialect.Of(DatabaseProvider.Sqlite).Use(options, database.ConnectionString, "ShelfMigrations");
        var (ours, theirs) = (Make.Organisation(), Make.Organisation());
        await using (var registry = Registry(database))
            await RegistryMigrator.MigrateAsync(registry, CancellationToken.None);

        await using (var everybody = new ShelfDb(options.Options, Everybody()))
        {
            await everybody.Database.GetService<Microsoft.EntityFrameworkCore.Storage.IRelationalDatabaseCreator>().CreateTablesAsync();
            everybody.AddRange(ours, theirs, new Book { TenantId = ours.Id }, new Book { TenantId = theirs.Id });
            await everybody.SaveChangesAsync();
        }

        // One model for both: the filter must take each context's own tenant, not the one the model was made with.
        foreach (var tenant in new[] { ours.Id, theirs.Id })
        {
            await using var shelf = new ShelfDb(options.Options, Of(tenant));
            (await shelf.Set<Book>().Select(book => book.TenantId).ToListAsync()).ShouldBe([tenant]);
        }

        await using var writing = new ShelfDb(options.Options, Of(ours.Id));
        writing.Add(new Book { TenantId = theirs.Id });
        await Should.ThrowAsync<TenantMismatchException>(() => writing.SaveChangesAsync());
    }

    private static SqliteRegistryDb Registry(TestDatabase database)
    {
        var options = new DbContextOptionsBuilder<SqliteRegistryDb>();
        DatabaseDialect.Of(DatabaseProvider.Sqlite).Use(options, database.ConnectionString, RegistryMigrator.HistoryTable);
        return new SqliteRegistryDb(options.Options, Everybody());
    }

    private static TenantScope Of(TenantId tenant)
    {
        var scope = new TenantScope();
        scope.Enter(tenant);
        return scope;
    }

    private static TenantScope Everybody()
    {
        var scope = new TenantScope();
        scope.EnterEveryTenant("A test fills the shelf.");
        return scope;
    }

    private sealed class Book : ITenantOwned
    {
        public int Id { get; init; }

        public TenantId TenantId { get; init; }
    }

    private sealed class ShelfDb(DbContextOptions<ShelfDb> options, TenantScope scope) : RegistryDb(options, scope)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            ExcludeRegistryFromMigrations(modelBuilder);
            modelBuilder.Entity<Book>(book =>
            {
                book.ToTable("Books");
                book.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId);
            });
        }
    }
}
