using System.Net;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

/// <summary>The owner tries a module in set-up from a phone, before anybody else hears of it.</summary>
public sealed class TryModuleTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;
    private Page _setUp = null!;
    private Guid _linkage;

    public async Task InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync();
        _setUp = await _console.AddAsync("live-desk");
        _linkage = (await _console.LinkageAsync("live-desk")).Value;
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_a_module_in_set_up_When_the_owner_tries_it_Then_a_code_is_shown_and_the_page_looks_for_it_by_itself()
    {
        var asked = await PressAsync(await OpenTrialAsync(), "try-go");

        asked.TextOf("try-code").ShouldBe("try 482113");
        asked.Text.ShouldContain($"send this to {(await _console.AccountAsync()).DisplayName} in LINE");
        asked.Html.ShouldContain("http-equiv=\"refresh\"");
        _console.Portal.Gateway.TestCodesAsked.ShouldHaveSingleItem().ShouldBe(_linkage);
    }

    [Fact]
    public async Task Given_a_code_that_is_out_When_the_owners_message_came_Then_the_page_says_so_and_looks_no_more()
    {
        var waiting = await PressAsync(await OpenTrialAsync(), "try-go");
        _console.Portal.Gateway.TakeTestCode(_linkage);

        var taken = await _console.Owner.Browser.OpenAsync(waiting.Path);

        taken.TextOf("try-taken").ShouldBe("Your message has come: Live Desk answers you now, and nobody else.");
        taken.TextOf("try-phones").ShouldBe("Phones that try it: 1 of 5");
        taken.Html.ShouldNotContain("http-equiv=\"refresh\"");
    }

    [Fact]
    public async Task Given_a_module_that_is_being_tried_When_the_owner_stops_Then_the_gateway_hears_it_and_a_new_code_can_be_asked_for()
    {
        var waiting = await PressAsync(await OpenTrialAsync(), "try-go");
        _console.Portal.Gateway.TakeTestCode(_linkage);

        var stopped = await PressAsync(await _console.Owner.Browser.OpenAsync(waiting.Path), "try-stop");

        stopped.TextOf("said").ShouldBe("Live Desk answers you no longer. Your chat is like any other.");
        stopped.Has("try-go").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_phone_that_tries_a_module_and_a_code_for_another_When_the_owner_has_enough_Then_they_need_not_wait_for_the_code_to_run_out()
    {
        var first = await PressAsync(await OpenTrialAsync(), "try-go");
        _console.Portal.Gateway.TakeTestCode(_linkage);
        var waiting = await PressAsync(await _console.Owner.Browser.OpenAsync(first.Path), "try-another");
        waiting.Has("try-code").ShouldBeTrue();
        waiting.TextOf("try-phones").ShouldBe("Phones that try it: 1 of 5");

        var stopped = await PressAsync(waiting, "try-stop");

        stopped.TextOf("said").ShouldBe("Live Desk answers you no longer. Your chat is like any other.");
        stopped.Has("try-go").ShouldBeTrue();
    }

    [Theory]
    [InlineData("enoughChats", "As many phones try Live Desk as may.")]
    [InlineData("noPermission", "no permission to read and send messages")]
    [InlineData("enoughCodes", "cannot be done at the moment")]
    public async Task Given_the_gateway_refuses_a_code_When_the_owner_asks_for_one_Then_they_read_why(string refusal, string sentence)
    {
        var page = await OpenTrialAsync();
        _console.Portal.Gateway.TestCodeRefusal = refusal;
        (await PressAsync(page, "try-go")).TextOf("said").ShouldContain(sentence);
    }

    [Fact]
    public async Task Given_the_gateway_does_not_answer_When_the_owner_asks_for_a_code_Then_they_read_that_it_works_later()
    {
        var page = await OpenTrialAsync();
        _console.Portal.Gateway.Failing = 503;
        (await PressAsync(page, "try-go")).TextOf("gateway-away").ShouldContain("Please open this page again");
    }

    [Fact]
    public async Task Given_a_module_that_is_on_When_the_owner_looks_Then_there_is_nothing_to_try()
    {
        var accounts = await _console.OpenAsync();
        accounts.Has("try-live-desk").ShouldBeTrue();
        accounts.Has("try-keyword-reply").ShouldBeFalse();

        var on = await _console.Owner.Browser.OpenAsync($"/o/qinglan-hair/modules/{await _console.LinkageAsync("keyword-reply")}/try");
        on.Has("try-go").ShouldBeFalse();
        on.Text.ShouldContain("Keyword Reply is not in set-up");
    }

    [Fact]
    public async Task Given_another_companys_module_When_a_code_is_asked_for_Then_it_does_not_exist_and_the_gateway_hears_nothing()
    {
        var stranger = await Buyer.NewAsync(_console.Portal, "Stranger");
        await stranger.BuyAndTurnOnAsync("keyword-reply", ShopWindow.NewBot(), "Another Shop");
        var own = await stranger.Browser.OpenAsync("/o/another-shop/accounts");

        var page = await stranger.Browser.PostAsync($"/o/another-shop/modules/{_linkage}/try-code", own);

        page.Status.ShouldBe(HttpStatusCode.NotFound);
        _console.Portal.Gateway.TestCodesAsked.ShouldBeEmpty();
    }

    private Task<Page> OpenTrialAsync() => PressAsync(_setUp, "try-open");

    private Task<Page> PressAsync(Page page, string testId) => _console.Owner.Browser.PressAsync(page, testId);
}
