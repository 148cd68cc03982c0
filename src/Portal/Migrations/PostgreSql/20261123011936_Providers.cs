using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Providers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CertifiedCompanies",
                columns: table => new
                {
                    Country = table.Column<string>(type: "character varying(2)", unicode: false, maxLength: 2, nullable: false),
                    Number = table.Column<string>(type: "character varying(13)", unicode: false, maxLength: 13, nullable: false),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertifiedCompanies", x => new { x.Country, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "ProviderApplications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Round = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: false),
                    Country = table.Column<string>(type: "character varying(2)", unicode: false, maxLength: 2, nullable: false),
                    CompanyName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    LatinName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    RegistrationNumber = table.Column<string>(type: "character varying(13)", unicode: false, maxLength: 13, nullable: false),
                    RegisteredAddress = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    SupportEmail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    PrivacyUrl = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    AuthorityWay = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: true),
                    Mailbox = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true),
                    SealedCode = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    CodeUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CodeTries = table.Column<int>(type: "integer", nullable: false),
                    CodeProvenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    BankCode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    AccountHolder = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    SealedAccount = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    AccountLast4 = table.Column<string>(type: "character varying(4)", unicode: false, maxLength: 4, nullable: true),
                    AccountFingerprint = table.Column<string>(type: "character varying(64)", unicode: false, maxLength: 64, nullable: true),
                    AgreementVersion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    AgreedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    AgreedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    RegistryEvidence = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    AuthorityAccepted = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: true),
                    RefusalReasons = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    Editors = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    SubmittedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    CertifiedUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RemindedDays = table.Column<int>(type: "integer", nullable: true),
                    LetterSentAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProviderApplications", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProviderApplications_Organisations_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ApplicationNotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    ApplicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Part = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: false),
                    IsFromReviewer = table.Column<bool>(type: "boolean", nullable: false),
                    AuthorId = table.Column<Guid>(type: "uuid", nullable: false),
                    Text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApplicationNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApplicationNotes_ProviderApplications_ApplicationId",
                        column: x => x.ApplicationId,
                        principalTable: "ProviderApplications",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PrivacyChecks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    ApplicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    AskedUrl = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    FinalUrl = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    Fault = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: true),
                    Text = table.Column<string>(type: "text", nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", unicode: false, maxLength: 64, nullable: false),
                    IsNameFound = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PrivacyChecks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PrivacyChecks_ProviderApplications_ApplicationId",
                        column: x => x.ApplicationId,
                        principalTable: "ProviderApplications",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProviderDocuments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    ApplicationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", unicode: false, maxLength: 40, nullable: false),
                    FileName = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(40)", unicode: false, maxLength: 40, nullable: false),
                    Bytes = table.Column<int>(type: "integer", nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", unicode: false, maxLength: 64, nullable: false),
                    IssuedOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Sealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    Scan = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: false),
                    UploadedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    UploadedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    ReplacedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProviderDocuments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProviderDocuments_ProviderApplications_ApplicationId",
                        column: x => x.ApplicationId,
                        principalTable: "ProviderApplications",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ApplicationNotes_ApplicationId_At",
                table: "ApplicationNotes",
                columns: new[] { "ApplicationId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_CertifiedCompanies_OwnerId",
                table: "CertifiedCompanies",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_PrivacyChecks_ApplicationId_At",
                table: "PrivacyChecks",
                columns: new[] { "ApplicationId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ProviderApplications_CertifiedUntil",
                table: "ProviderApplications",
                column: "CertifiedUntil");

            migrationBuilder.CreateIndex(
                name: "IX_ProviderApplications_State_SubmittedAt",
                table: "ProviderApplications",
                columns: new[] { "State", "SubmittedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ProviderApplications_TenantId_Round",
                table: "ProviderApplications",
                columns: new[] { "TenantId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProviderDocuments_ApplicationId_Kind",
                table: "ProviderDocuments",
                columns: new[] { "ApplicationId", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_ProviderDocuments_Scan",
                table: "ProviderDocuments",
                column: "Scan");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ApplicationNotes");

            migrationBuilder.DropTable(
                name: "CertifiedCompanies");

            migrationBuilder.DropTable(
                name: "PrivacyChecks");

            migrationBuilder.DropTable(
                name: "ProviderDocuments");

            migrationBuilder.DropTable(
                name: "ProviderApplications");
        }
    }
}
