using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OwnListings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SupportEmail",
                table: "Listings",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TermsUrl",
                table: "Listings",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "OwnListings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ModuleId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Slug = table.Column<string>(type: "TEXT", unicode: false, maxLength: 60, nullable: false),
                    Draft = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    Edition = table.Column<int>(type: "INTEGER", nullable: false),
                    Standing = table.Column<string>(type: "TEXT", unicode: false, maxLength: 20, nullable: false),
                    LiveVersionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    LastVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstPublishedAt = table.Column<string>(type: "TEXT", nullable: true),
                    SuspendedFor = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    RetiresAt = table.Column<string>(type: "TEXT", nullable: true),
                    BuyersToldAt = table.Column<string>(type: "TEXT", nullable: true),
                    FailingSince = table.Column<string>(type: "TEXT", nullable: true),
                    CheckedAt = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OwnListings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OwnListings_Modules_ModuleId",
                        column: x => x.ModuleId,
                        principalTable: "Modules",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_OwnListings_Organisations_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ListingImages",
                columns: table => new
                {
                    ListingId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", unicode: false, maxLength: 32, nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", unicode: false, maxLength: 40, nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    UploadedAt = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListingImages", x => new { x.ListingId, x.Fingerprint });
                    table.ForeignKey(
                        name: "FK_ListingImages_OwnListings_ListingId",
                        column: x => x.ListingId,
                        principalTable: "OwnListings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ListingVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ListingId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Document = table.Column<string>(type: "TEXT", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", unicode: false, maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "TEXT", unicode: false, maxLength: 20, nullable: false),
                    SubmittedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    SubmittedAt = table.Column<string>(type: "TEXT", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<string>(type: "TEXT", nullable: true),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Remarks = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListingVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ListingVersions_OwnListings_ListingId",
                        column: x => x.ListingId,
                        principalTable: "OwnListings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ListingImages_Fingerprint",
                table: "ListingImages",
                column: "Fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_ListingVersions_ListingId_Number",
                table: "ListingVersions",
                columns: new[] { "ListingId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ListingVersions_State_SubmittedAt",
                table: "ListingVersions",
                columns: new[] { "State", "SubmittedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OwnListings_ModuleId",
                table: "OwnListings",
                column: "ModuleId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OwnListings_Slug",
                table: "OwnListings",
                column: "Slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OwnListings_TenantId",
                table: "OwnListings",
                column: "TenantId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ListingImages");

            migrationBuilder.DropTable(
                name: "ListingVersions");

            migrationBuilder.DropTable(
                name: "OwnListings");

            migrationBuilder.DropColumn(
                name: "SupportEmail",
                table: "Listings");

            migrationBuilder.DropColumn(
                name: "TermsUrl",
                table: "Listings");
        }
    }
}
