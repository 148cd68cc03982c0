using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

public sealed class TurnOnTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_module_in_set_up_When_the_owner_turns_it_on_as_proposed_Then_it_is_on_and_answers_first(Database database)
    {
        await using var portal = await PortalHost.StartAsync(database);
        await portal.ListAsync("keyword-reply");
        var buyer = await Buyer.NewAsync(portal);

        var accounts = await buyer.BuyAndTurnOnAsync("keyword-reply", ShopWindow.NewBot(), "Qinglan Hair");

        accounts.Address.AbsolutePath.ShouldBe("/o/qinglan-hair/accounts");
        accounts.TextOf("said").ShouldBe("Keyword Reply is on. Write to this account from your own phone to try it.");
        accounts.AttributeOf("module-keyword-reply", "data-state").ShouldBe("on");
        accounts.AttributeOf("module-keyword-reply", "data-first").ShouldBe("true");
        var (account, linkage) = await portal.InDatabaseAsync(async db => (await db.OfficialAccounts.SingleAsync(), await db.Linkages.SingleAsync()));
        linkage.State.ShouldBe(LinkageState.On);
        linkage.TurnedOnAt.ShouldNotBeNull();
        account.DefaultLinkageId.ShouldBe(linkage.Id);
    }

    [Fact]
    public async Task Given_a_module_that_steps_in_when_asked_When_it_is_turned_on_as_proposed_Then_the_first_one_stays_first()
    {
        await using var console = await ConsoleHost.StartAsync();
        var module = await console.AddAsync("live-desk");
        module.Text.ShouldContain("Keyword Reply goes on answering; Live Desk steps in when a customer asks for it.");

        var accounts = await console.Owner.Browser.PressAsync(module, "turn-on");

        accounts.AttributeOf("module-live-desk", "data-state").ShouldBe("on");
        accounts.AttributeOf("module-live-desk", "data-first").ShouldBe("false");
        accounts.TextOf("stack-sentence").ShouldBe("Keyword Reply answers first. When a customer asks for it, Live Desk steps in.");
        accounts.Html.IndexOf("module-keyword-reply", StringComparison.Ordinal).ShouldBeLessThan(accounts.Html.IndexOf("module-live-desk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_one_that_would_answer_first_When_it_stands_by_Then_nobody_reads_that_it_steps_in()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.Owner.Browser.PressAsync(await console.AddAsync("live-desk"), "turn-on");

        var accounts = await console.PressAsync("answer-first-confirm-live-desk");

        accounts.TextOf("stack-sentence").ShouldBe("Live Desk answers first. On standby, answering nobody: Keyword Reply.");
        accounts.AttributeOf("open-live-desk", "href")!.ShouldContain($"bot={console.Bot}", Case.Sensitive, "the module's own page is one step away");
    }

    [Fact]
    public async Task Given_two_that_would_answer_first_When_the_owner_has_not_chosen_Then_nothing_happens_and_the_choice_is_asked_for()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.Portal.ListAsync("booking", "Booking");
        var module = await console.AddAsync("booking");

        var page = await console.Owner.Browser.PressAsync(module, "turn-on");

        page.TextOf("said").ShouldBe("Please say who answers first.");
        page.AttributeOf("module-page", "data-state").ShouldBe("inSetUp");
    }

    [Theory]
    [InlineData("booking")]
    [InlineData("keyword-reply")]
    public async Task Given_two_that_would_answer_first_When_the_owner_chooses_one_Then_that_one_is_first_and_both_are_on(string chosen)
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.Portal.ListAsync("booking", "Booking");
        var module = await console.AddAsync("booking");

        var accounts = await console.Owner.Browser.PressAsync(module, "turn-on", ("first", module.AttributeOf($"answers-first-{chosen}", "value")!));

        (await console.AccountAsync()).DefaultLinkageId.ShouldBe(await console.LinkageAsync(chosen));
        accounts.AttributeOf("module-booking", "data-state").ShouldBe("on");
        accounts.AttributeOf("module-keyword-reply", "data-state").ShouldBe("on");
    }

    [Fact]
    public async Task Given_a_module_in_set_up_When_turn_on_is_clicked_twice_Then_the_second_click_is_told_that_it_is_on()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.Portal.ListAsync("booking", "Booking");
        var module = await console.AddAsync("booking");
        var booking = ("first", module.AttributeOf("answers-first-booking", "value")!);
        await console.Owner.Browser.PressAsync(module, "turn-on", booking);

        var accounts = await console.Owner.Browser.PressAsync(module, "turn-on", booking);

        accounts.TextOf("said").ShouldStartWith("Booking is on.");
        accounts.AttributeOf("module-booking", "data-first").ShouldBe("true");
    }

    [Fact]
    public async Task Given_who_is_first_has_changed_since_the_page_was_opened_When_it_is_sent_Then_nothing_happens_and_the_owner_looks_again()
    {
        await using var console = await ConsoleHost.StartAsync();
        var module = await console.AddAsync("live-desk");
        await console.PressAsync("first-nobody");

        var page = await console.Owner.Browser.PressAsync(module, "turn-on");

        page.TextOf("said").ShouldContain("Somebody was faster");
        (await console.AccountAsync()).DefaultLinkageId.ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_module_without_the_permission_to_hear_When_it_is_turned_on_Then_it_is_never_offered_the_first_place_nor_gets_it()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.Portal.ListAsync("reminders", "Reminders", ModuleRole.WorksQuietly, scopes: Scopes.MessageSend);
        var module = await console.AddAsync("reminders");
        module.Has("answers-first-reminders").ShouldBeFalse();

        var refused = await console.Owner.Browser.PressAsync(module, "turn-on", ("first", Buyer.LinkageOf(module).ToString()));
        refused.TextOf("said").ShouldContain("Reminders cannot answer first");

        var accounts = await console.Owner.Browser.PressAsync(module, "turn-on");
        accounts.AttributeOf("module-reminders", "data-state").ShouldBe("on");
        accounts.AttributeOf("module-keyword-reply", "data-first").ShouldBe("true");
    }

    [Fact]
    public async Task Given_the_connection_was_taken_away_When_a_module_is_turned_on_Then_it_stays_in_set_up_and_the_owner_reads_why()
    {
        await using var console = await ConsoleHost.StartAsync();
        var module = await console.AddAsync("live-desk");
        await console.DisconnectAsync();

        var page = await console.Owner.Browser.PressAsync(module, "turn-on");

        page.TextOf("said").ShouldContain("not connected at LINE");
        page.AttributeOf("module-page", "data-state").ShouldBe("inSetUp");
    }
}
