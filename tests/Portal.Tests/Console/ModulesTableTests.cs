using Bunit;
using Portal.Console;
using Portal.Tests.Hosting;

namespace Portal.Tests.Console;

public sealed class ModulesTableTests : ComponentTest
{
    [Fact]
    public void Given_more_lines_than_a_page_holds_When_the_owner_goes_to_the_next_page_Then_the_rest_is_shown()
    {
        var table = Show(45);
        Accounts(table).ShouldBe(Names(1, 20));
        table.Find("[aria-label='Next page']").Click();
        Accounts(table).ShouldBe(Names(21, 40));
        table.Find("[aria-label='Last page']").Click();
        Accounts(table).ShouldBe(Names(41, 45));
    }

    [Fact]
    public void Given_many_accounts_When_the_owner_writes_part_of_a_name_Then_only_those_are_shown()
    {
        var table = Show(45);
        table.Find("[data-testid=modules-find]").Input("shop 4");
        Accounts(table).ShouldBe(Names(40, 45));
        table.Find("[data-testid=modules-find]").Input("nobody has it");
        table.Markup.ShouldContain("No account and no module is called that.");
    }

    [Fact]
    public void Given_numbers_of_messages_When_the_owner_sorts_by_them_Then_they_are_sorted_as_numbers()
    {
        var table = Show(12);
        table.FindAll("th").Single(header => header.TextContent.Contains("Messages", StringComparison.Ordinal)).QuerySelector("div")!.Click();
        Accounts(table).ShouldBe(Names(1, 12).Reverse());
    }

    private IRenderedComponent<ModulesTable> Show(int lines) => Render<ModulesTable>(parameters => parameters.Add(table => table.Lines,
        [.. Enumerable.Range(1, lines).Select(number => new ModuleLine(Name(number), $"@shop{number}", "Keyword Reply", $"/o/x/modules/{number}", true, "On", Health.Well, "Free", 1000 - number))]));

    private static string[] Names(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(Name)];

    private static string Name(int number) => $"Shop {number:00}";

    private static string[] Accounts(IRenderedComponent<ModulesTable> table) => [.. table.FindAll("tbody tr td:first-child").Select(cell => cell.TextContent.Trim()[..7])];
}
