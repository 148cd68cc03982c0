using System.Net;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

public sealed class ModulesPageTests : IAsyncLifetime
{
    private const string Modules = "/o/qinglan-hair/modules";
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_a_module_on_an_account_When_the_owner_opens_the_table_of_all_Then_it_stands_there_before_any_script_ran()
    {
        var page = await _console.Owner.Browser.OpenAsync(Modules);
        var table = WebUtility.HtmlDecode(page.Html[page.Html.IndexOf("<table", StringComparison.Ordinal)..page.Html.IndexOf("</table>", StringComparison.Ordinal)]);
        table.ShouldContain("Keyword Reply");
        table.ShouldContain("青嵐髮廊");
    }

    [Theory]
    [InlineData(Modules, true)]
    [InlineData(ConsoleHost.Accounts, false)]
    [InlineData("/", false)]
    [InlineData("/m/keyword-reply", false)]
    public async Task Given_a_page_When_it_shows_a_component_of_the_library_Then_it_alone_loads_the_librarys_files_and_allows_style_attributes(string address, bool has)
    {
        var page = await _console.Owner.Browser.OpenAsync(address);
        page.Html.Contains("/radzen/", StringComparison.Ordinal).ShouldBe(has);
        page.Policy.Contains("style-src-attr 'unsafe-inline'", StringComparison.Ordinal).ShouldBe(has);
        page.Policy.Replace("style-src-attr 'unsafe-inline'", "", StringComparison.Ordinal).ShouldNotContain("unsafe");
    }

    [Fact]
    public async Task Given_a_stranger_When_they_open_the_table_Then_there_is_no_such_company()
    {
        var stranger = await Buyer.NewAsync(_console.Portal, "Stranger");
        (await stranger.Browser.OpenAsync(Modules)).Status.ShouldBe(HttpStatusCode.NotFound);
        var viewer = await _console.MemberAsync(Role.Viewer);
        (await viewer.Browser.OpenAsync(Modules)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
