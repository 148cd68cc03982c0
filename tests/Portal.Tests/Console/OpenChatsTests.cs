using System.Net;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

/// <summary>Open chats by holder in My accounts, and how an owner takes them back.</summary>
public sealed class OpenChatsTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;
    private LinkageId _desk;

    public async Task InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync();
        await _console.Owner.Browser.PressAsync(await _console.AddAsync("live-desk"), "turn-on");
        _desk = await _console.LinkageAsync("live-desk");
        Stand(
            $$"""{"holderLinkageId":"{{_desk}}","chats":45,"endingSoon":3},{"holderLinkageId":null,"chats":2,"endingSoon":0}""",
            $$"""{"handle":"chat-one","kind":"user","holderLinkageId":"{{_desk}}","since":"{{Ago(12)}}","expiresAt":"{{Ago(-48)}}"},{"handle":"chat-two","kind":"group","holderLinkageId":null,"since":null,"expiresAt":null}""");
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_open_chats_When_the_owner_looks_Then_they_are_counted_by_holder_and_the_latest_listed_with_their_times()
    {
        var accounts = await _console.OpenAsync();

        accounts.TextOf("open-holder-live-desk").ShouldStartWith("Live Desk chats: 45 ending within the hour: 3");
        accounts.TextOf("open-holder-nobody").ShouldStartWith("LINE’s own answers chats: 2");
        accounts.TextOf("open-latest").ShouldBe("Show the latest 2 of 47");
        accounts.TextOf("open-chat").ShouldStartWith("One customer with Live Desk for 12 min, ends in 48 min");
        accounts.Text.ShouldContain("Group with LINE’s own answers until given back");
    }

    [Fact]
    public async Task Given_no_open_chat_When_the_owner_looks_Then_they_read_who_answers_everybody()
    {
        Stand("", "");
        (await _console.OpenAsync()).TextOf("open-chats").ShouldBe("Open chats None: Keyword Reply answers everybody.");
    }

    [Fact]
    public async Task Given_an_open_chat_When_the_owner_takes_it_back_Then_the_gateway_is_told_that_one()
    {
        var done = await _console.PressAsync("give-back");

        done.TextOf("said").ShouldBe("The chat is back with whoever answers first.");
        var (bot, body) = _console.Portal.Gateway.GiveBackBodies.ShouldHaveSingleItem();
        bot.ShouldBe(_console.Bot.ToString());
        ((string?)body["chat"]).ShouldBe("chat-one");
    }

    [Fact]
    public async Task Given_chats_of_one_module_When_the_owner_takes_all_back_Then_it_says_before_how_many_it_touches()
    {
        (await _console.OpenAsync()).Text.ShouldContain("45 chat(s) that are with Live Desk go back at once to Keyword Reply.");

        var done = await _console.PressAsync("give-back-all-confirm-live-desk");

        done.TextOf("said").ShouldBe("The chats are back with whoever answers first.");
        var body = _console.Portal.Gateway.GiveBackBodies.ShouldHaveSingleItem().Body;
        ((Guid?)body["withLinkageId"]).ShouldBe(_desk.Value);
        body.ContainsKey("chat").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_chat_that_somebody_else_has_by_now_When_it_is_taken_back_Then_the_owner_reads_that_nothing_was_done()
    {
        _console.Portal.Gateway.GivesBack = 0;
        (await _console.PressAsync("give-back")).TextOf("said").ShouldContain("somebody else has it by now");
    }

    [Fact]
    public async Task Given_nobody_who_answers_first_When_the_owner_looks_Then_chats_of_LINEs_own_channel_cannot_be_taken_back()
    {
        await _console.PressAsync("first-nobody");
        var accounts = await _console.OpenAsync();
        accounts.Has("give-back-all-confirm-nobody").ShouldBeFalse();
        accounts.Has("give-back-all-confirm-live-desk").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_viewer_When_they_look_Then_they_see_the_chats_and_no_button()
    {
        var viewer = await _console.MemberAsync(Role.Viewer);
        var accounts = await viewer.Browser.OpenAsync(ConsoleHost.Accounts);
        accounts.Has("open-holder-live-desk").ShouldBeTrue();
        accounts.Has("give-back").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_another_companys_account_When_chats_are_taken_back_Then_it_does_not_exist_and_the_gateway_hears_nothing()
    {
        var stranger = await Buyer.NewAsync(_console.Portal, "Stranger");
        await stranger.BuyAndTurnOnAsync("keyword-reply", ShopWindow.NewBot(), "Another Shop");
        var own = await stranger.Browser.OpenAsync("/o/another-shop/accounts");

        var page = await stranger.Browser.PostAsync($"/o/another-shop/accounts/{(await _console.AccountAsync()).Id}/give-back", own, ("with", _desk.ToString()));

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        _console.Portal.Gateway.GiveBackBodies.ShouldBeEmpty();
    }

    private void Stand(string byHolder, string chats) => _console.Portal.Gateway.Stands(
        _console.Bot, $$"""{"botId":"{{_console.Bot}}","epoch":1,"defaultLinkageId":null,"linkages":[],"openByHolder":[{{byHolder}}],"openChats":[{{chats}}]}""");

    private string Ago(int minutes) => _console.Portal.Clock.GetUtcNow().AddMinutes(-minutes).AddSeconds(minutes < 0 ? 30 : -30).ToString("O");
}
