using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tenancy.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SecretRotation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PreviousSecretUntil",
                table: "Modules",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "SignsWithPrevious",
                table: "Modules",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "PreviousSecretUntil",
                table: "Modules");

            migrationBuilder.DropColumn(
                name: "SignsWithPrevious",
                table: "Modules");
        }
    }
}
