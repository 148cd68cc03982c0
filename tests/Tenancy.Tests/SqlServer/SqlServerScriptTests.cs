using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tenancy.Tests.SqlServer;

/// <summary>Reads what a database administrator would run: no SQL Server is needed to see what it says.</summary>
public sealed partial class SqlServerScriptTests
{
    private static readonly string Script = Generate();

    [Fact]
    public void Given_the_script_When_its_tables_are_listed_Then_they_are_the_registrys_and_the_history() =>
        CreatedTable().Matches(Script).Select(match => match.Groups["name"].Value).Order().ShouldBe(
        [
            "Connections", "Linkages", "Memberships", "Modules", "OfficialAccounts", "Organisations", "People", "Plans", "Prices",
            RegistryMigrator.HistoryTable, "RegistryRevision", "Subscriptions",
        ]);

    [Fact]
    public void Given_the_script_When_its_unique_indexes_are_listed_Then_each_rule_of_one_has_its_own() =>
        UniqueIndex().Matches(Script).Select(match => match.Groups["target"].Value).Order().ShouldBe(
        [
            "[Linkages] ([OfficialAccountId], [ModuleId])",
            "[Modules] ([ChannelId])",
            "[OfficialAccounts] ([BotId])",
            "[Organisations] ([Slug])",
            "[People] ([Email])",
            "[Plans] ([ModuleId], [Code])",
            "[Subscriptions] ([OfficialAccountId], [ModuleId]) WHERE [EndedAt] IS NULL",
        ]);

    [Fact]
    public void Given_the_script_When_its_columns_are_read_Then_ids_instants_and_amounts_have_exact_types()
    {
        Script.ShouldContain("[BotId] varchar(33) NOT NULL");
        Script.ShouldContain("[ChannelId] varchar(20) NOT NULL");
        Script.ShouldContain("[TenantId] uniqueidentifier NOT NULL");
        Script.ShouldContain("[AmountMinorUnits] bigint NOT NULL");
        Script.ShouldContain("[Currency] varchar(3) NOT NULL");
        Script.ShouldContain("[ClaimedAt] datetimeoffset NOT NULL");
        Script.ShouldContain("[Name] nvarchar(100) NOT NULL");
        Unlimited().Matches(Script).Select(match => match.Groups["column"].Value).ShouldBe(["AssertionKeys"]); // A key set has no bound of ours.
    }

    [Fact]
    public void Given_the_script_When_read_for_surprises_Then_nothing_is_swept_away_dropped_or_made_up_by_the_database()
    {
        Script.ShouldNotContain("CASCADE");
        Script.ShouldNotContain("DROP ");
        Script.ShouldNotContain("IDENTITY(");
        Script.ShouldNotContain(" float");
        Script.ShouldNotContain(" decimal");
        Regex.Count(Script, "INSERT INTO \\[RegistryRevision\\]").ShouldBe(1);
        Script.ShouldContain("(1, CAST(0 AS bigint))");
    }

    private static string Generate()
    {
        using var db = new SqlServerRegistryDb(DesignTimeOptions.Of<SqlServerRegistryDb>(DatabaseProvider.SqlServer, RegistryMigrator.HistoryTable), new TenantScope());
        return db.GetService<IMigrator>().GenerateScript();
    }

    [GeneratedRegex(@"CREATE TABLE \[(?<name>\w+)\]")]
    private static partial Regex CreatedTable();

    [GeneratedRegex(@"CREATE UNIQUE INDEX \[\w+\] ON (?<target>.+?);")]
    private static partial Regex UniqueIndex();

    [GeneratedRegex(@"\[(?<column>\w+)\] n?varchar\(max\)")]
    private static partial Regex Unlimited();
}
