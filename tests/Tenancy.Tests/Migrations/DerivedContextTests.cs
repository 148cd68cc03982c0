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

    private sealed class Book
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
