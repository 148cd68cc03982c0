using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Identity;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Identity;

public sealed class FirstOperatorTests
{
    [Fact]
    public async Task Given_a_marketplace_without_operator_When_the_consoles_link_is_used_Then_there_is_one_and_the_link_is_dead()
    {
        var (portal, link) = await StartAsync();
        await using var _ = portal;
        using var browser = portal.NewBrowser();

        var page = await FillInAsync(browser, link, "boss@example.com");

        page.Path.ShouldBe("/operations");
        using var other = portal.NewBrowser();
        (await other.OpenAsync(link)).Has("first-dead").ShouldBeTrue();
        (await portal.InDatabaseAsync(db => db.People.CountAsync(person => person.IsOperator))).ShouldBe(1);
    }

    [Fact]
    public async Task Given_the_consoles_link_When_an_hour_has_passed_or_it_is_not_quite_the_one_Then_it_is_dead()
    {
        var (portal, link) = await StartAsync();
        await using var _ = portal;
        using var browser = portal.NewBrowser();

        (await browser.OpenAsync(FirstOperator.Path)).Has("first-dead").ShouldBeTrue();
        (await browser.OpenAsync(link[..^1])).Has("first-dead").ShouldBeTrue();
        portal.Clock.Advance(TimeSpan.FromHours(1));
        (await browser.OpenAsync(link)).Has("first-dead").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_open_form_When_somebody_else_was_quicker_Then_nobody_else_becomes_operator()
    {
        var (portal, link) = await StartAsync();
        await using var _ = portal;
        using var slow = portal.NewBrowser();
        using var quick = portal.NewBrowser();
        var open = await slow.OpenAsync(link);
        await FillInAsync(quick, link, "boss@example.com");

        var page = await slow.PressAsync(open, "first-go", ("Input.Name", "Slow"), ("Input.Email", "slow@example.com"), ("Input.Passphrase", Buyer.Passphrase));

        page.Has("first-dead").ShouldBeTrue();
        (await portal.InDatabaseAsync(db => db.People.CountAsync(person => person.IsOperator))).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_marketplace_with_an_operator_When_it_starts_Then_it_prints_no_link()
    {
        var (portal, link) = await StartAsync();
        await using var _ = portal;
        using var browser = portal.NewBrowser();
        await FillInAsync(browser, link, "boss@example.com");

        portal.Console.GetStringBuilder().Clear();
        await portal.RestartAsync();

        portal.Console.ToString().ShouldBeEmpty();
    }

    private static async Task<(PortalHost Portal, string Link)> StartAsync()
    {
        var portal = await PortalHost.StartAsync();
        var line = portal.Console.ToString().Split('\n').Single(line => line.Contains(FirstOperator.Path, StringComparison.Ordinal));
        return (portal, new Uri(line.Trim()).PathAndQuery);
    }

    private static async Task<Page> FillInAsync(Browser browser, string link, string email) =>
        await browser.PressAsync(await browser.OpenAsync(link), "first-go", ("Input.Name", "Boss"), ("Input.Email", email), ("Input.Passphrase", Buyer.Passphrase));
}
