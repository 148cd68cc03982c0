using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Orders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Orders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BuyerId = table.Column<Guid>(type: "uuid", nullable: false),
                    ListingSlug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    ModuleId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanId = table.Column<Guid>(type: "uuid", nullable: false),
                    PlanCode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    PriceId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: false),
                    Setback = table.Column<string>(type: "character varying(20)", unicode: false, maxLength: 20, nullable: true),
                    SetbackDetail = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: true),
                    BotId = table.Column<string>(type: "character varying(33)", unicode: false, maxLength: 33, nullable: true),
                    AccountName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    BasicId = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    PictureUrl = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    AttachRequestId = table.Column<Guid>(type: "uuid", nullable: true),
                    AnotherServiceAnswers = table.Column<bool>(type: "boolean", nullable: true),
                    AgreedTerms = table.Column<string>(type: "text", nullable: true),
                    LinkageId = table.Column<Guid>(type: "uuid", nullable: true),
                    SubscriptionId = table.Column<Guid>(type: "uuid", nullable: true),
                    BegunAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ConfirmedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Orders", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_BuyerId_ModuleId_BegunAt",
                table: "Orders",
                columns: new[] { "BuyerId", "ModuleId", "BegunAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Orders_State_ChangedAt",
                table: "Orders",
                columns: new[] { "State", "ChangedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Orders");
        }
    }
}
