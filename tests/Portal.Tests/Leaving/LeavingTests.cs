using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Leaving;
using Portal.Tests.Console;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Leaving;

public sealed class LeavingTests : IAsyncLifetime
{
    private const string Leave = "/o/qinglan-hair/leave";
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_an_owner_When_the_data_are_taken_along_Then_every_table_of_the_company_is_in_the_file_twice_and_nobody_elses_row_nor_any_secret()
    {
        var other = await Buyer.NewAsync(_console.Portal, "Other");
        await other.BuyAndTurnOnAsync("keyword-reply", ShopWindow.NewBot(), "Other Nails");

        var entries = await ExportAsync();
        var tables = await _console.Portal.InDatabaseAsync(db => Task.FromResult(ExportTables.Of(db).Select(type => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(type.ClrType.Name)).Append("person").ToList()));
        entries.Keys.Order().ShouldBe(tables.SelectMany(table => new[] { $"{table}.csv", $"{table}.json" }).Order());
        new[] { "order", "linkage", "membership", "subscription", "official-account", "organisation", "audit-row" }.ShouldBeSubsetOf(tables);

        entries["official-account.json"].ShouldContain(_console.Bot.ToString());
        entries["organisation.csv"].ShouldContain("\"Qinglan Hair\"");
        entries["order.json"].ShouldContain(_console.Bot.ToString());
        entries["audit-row.json"].ShouldContain("linkage:");
        System.Text.Json.JsonDocument.Parse(entries["linkage.json"]).RootElement.GetArrayLength().ShouldBe(1);
        var all = string.Concat(entries.Values);
        all.ShouldNotContain("Other Nails");
        all.ShouldNotContain("protected", Case.Insensitive);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")", "\"'=HYPERLINK(\"\"http://evil.example\"\")\"")]
    [InlineData("+886", "\"'+886\"")]
    [InlineData("  -1", "\"'  -1\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a,\"b\"\n=c", "\"a,\"\"b\"\"\n=c\"")]
    [InlineData("青禾", "\"青禾\"")]
    [InlineData(null, "\"\"")]
    public void Given_a_cell_that_a_spreadsheet_would_run_When_written_as_CSV_Then_it_is_text(string? cell, string written) => CsvText.Line([cell]).ShouldBe(written + "\r\n");

    [Fact]
    public async Task Given_a_company_that_calls_itself_a_formula_When_the_data_are_taken_along_Then_its_cells_are_text()
    {
        await _console.Portal.InDatabaseAsync(async db =>
        {
            (await db.Organisations.SingleAsync(row => row.Slug == "qinglan-hair")).Name = "=1+1";
            return await db.SaveChangesAsync();
        });
        (await ExportAsync())["organisation.csv"].ShouldContain("\"'=1+1\"");
    }

    [Fact]
    public async Task Given_a_module_that_is_on_When_the_owner_wants_to_close_Then_the_page_says_what_is_live_and_nothing_is_closed()
    {
        var page = await _console.Owner.Browser.OpenAsync(Leave);
        page.TextOf("still-live").ShouldContain("Modules on your accounts: 1.");
        page.Has("close").ShouldBeFalse();
        var refused = await _console.Owner.Browser.PostAsync("/o/qinglan-hair/close", await _console.OpenAsync(), ("name", "Qinglan Hair"));
        refused.TextOf("said").ShouldBe("Something is still live, so nothing was closed. See below.");
        (await _console.OpenAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_nothing_live_When_the_owner_closes_with_the_companys_name_Then_nobody_enters_it_any_more_and_what_the_law_wants_is_kept()
    {
        await _console.PressAsync("detach-confirm-keyword-reply");
        var viewer = await _console.MemberAsync(Role.Viewer);
        var wrong = await _console.Owner.Browser.PressAsync(await _console.Owner.Browser.OpenAsync(Leave), "close", ("name", "Qinglan"));
        wrong.TextOf("said").ShouldBe("That is not the name. Nothing was closed.");
        (await _console.OpenAsync()).Status.ShouldBe(HttpStatusCode.OK);

        var open = await _console.OpenAsync(); // A tab that stays open.
        var closed = await _console.Owner.Browser.PressAsync(await _console.Owner.Browser.OpenAsync(Leave), "close", ("name", "Qinglan Hair"));
        closed.Has("closed").ShouldBeTrue();
        (await _console.OpenAsync()).Status.ShouldBe(HttpStatusCode.NotFound);
        (await viewer.Browser.OpenAsync(ConsoleHost.Accounts)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _console.Owner.Browser.PostAsync("/o/qinglan-hair/close", open, ("name", "Qinglan Hair"))).Status.ShouldBe(HttpStatusCode.NotFound);

        var kept = await _console.Portal.InDatabaseAsync(async db => (
            Subscriptions: await db.Subscriptions.CountAsync(), Linkages: await db.Linkages.CountAsync(), Said: await db.Set<Portal.Audit.AuditRow>().CountAsync(row => row.Action == "organisation.closed")));
        kept.ShouldBe((1, 1, 1));
    }

    [Theory]
    [InlineData(Role.Admin)]
    [InlineData(Role.Viewer)]
    public async Task Given_a_member_who_is_no_owner_When_they_export_or_close_Then_it_is_refused(Role role)
    {
        var member = await _console.MemberAsync(role);
        foreach (var address in new[] { Leave, "/o/qinglan-hair/export" })
            (await member.Browser.OpenAsync(address)).Status.ShouldBe(HttpStatusCode.Forbidden, address);
    }

    /// <returns>Name of the entry → its text.</returns>
    private async Task<Dictionary<string, string>> ExportAsync()
    {
        var bytes = await _console.Owner.Browser.DownloadAsync("/o/qinglan-hair/export");
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
