using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Console;

public sealed class RunModulesTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;

    public async Task InitializeAsync()
    {
        _console = await ConsoleHost.StartAsync();
        await _console.Owner.Browser.PressAsync(await _console.AddAsync("live-desk"), "turn-on");
    }

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_a_module_that_stands_by_When_the_owner_lets_it_answer_first_Then_it_is_first_and_it_can_be_undone()
    {
        var changed = await _console.PressAsync("answer-first-confirm-live-desk");
        changed.TextOf("said").ShouldBe("Live Desk answers first now.");
        changed.AttributeOf("module-live-desk", "data-first").ShouldBe("true");

        var undone = await _console.Owner.Browser.PressAsync(changed, "undo");

        undone.TextOf("said").ShouldContain("Taken back");
        undone.AttributeOf("module-keyword-reply", "data-first").ShouldBe("true");
    }

    [Fact]
    public async Task Given_a_change_When_ten_seconds_have_passed_Then_undo_is_neither_offered_nor_done()
    {
        var changed = await _console.PressAsync("answer-first-confirm-live-desk");
        _console.Portal.Clock.Advance(TimeSpan.FromSeconds(10));

        (await _console.Owner.Browser.OpenAsync(changed.Path)).Has("undo").ShouldBeFalse();
        var late = await _console.Owner.Browser.PressAsync(changed, "undo");

        late.TextOf("said").ShouldContain("more than ten seconds ago");
        late.AttributeOf("module-live-desk", "data-first").ShouldBe("true");
    }

    [Fact]
    public async Task Given_the_action_that_changes_who_is_first_When_the_owner_looks_Then_it_says_before_what_it_changes_and_how_many_chats_are_held()
    {
        _console.Portal.Gateway.Stands(_console.Bot, $$"""{"botId":"{{_console.Bot}}","epoch":1,"defaultLinkageId":null,"linkages":[],"openByHolder":[{"holderLinkageId":null,"chats":2,"endingSoon":0}],"openChats":[]}""");

        var accounts = await _console.OpenAsync();

        accounts.Text.ShouldContain("From the next message on, Live Desk answers first and Keyword Reply stands by.");
        accounts.Text.ShouldContain("Open chats that stay with whoever has them: 2.");
    }

    [Fact]
    public async Task Given_nobody_shall_answer_first_When_the_owner_says_so_Then_LINEs_own_channel_does()
    {
        var changed = await _console.PressAsync("first-nobody");

        changed.TextOf("stack-sentence").ShouldStartWith("No module answers first");
        (await _console.AccountAsync()).DefaultLinkageId.ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_module_that_is_on_When_it_is_paused_and_resumed_Then_its_place_is_kept()
    {
        var paused = await _console.PressAsync("pause-confirm-keyword-reply");
        paused.AttributeOf("module-keyword-reply", "data-state").ShouldBe("paused");
        paused.AttributeOf("module-keyword-reply", "data-first").ShouldBe("true");
        paused.TextOf("stack-sentence").ShouldContain("has the first place but is not running");

        var resumed = await _console.Owner.Browser.PressAsync(paused, "resume-keyword-reply");

        resumed.AttributeOf("module-keyword-reply", "data-state").ShouldBe("on");
    }

    [Fact]
    public async Task Given_a_module_that_stands_by_When_the_owner_lets_it_send_reminders_Then_it_may_until_the_owner_says_no_longer()
    {
        var module = await _console.Owner.Browser.OpenAsync($"/o/qinglan-hair/modules/{await _console.LinkageAsync("live-desk")}");
        module.TextOf("allowed-message:notify").ShouldBe("Not allowed");

        var allowed = await _console.Owner.Browser.PressAsync(module, "allow-message:notify");
        allowed.TextOf("said").ShouldBe("Live Desk may do that from now on.");
        allowed.TextOf("allowed-message:notify").ShouldBe("Allowed");
        (await ScopesAsync("live-desk")).ShouldContain(Scopes.MessageNotify);

        var noLonger = await _console.Owner.Browser.PressAsync(allowed, "allow-message:notify");
        noLonger.TextOf("allowed-message:notify").ShouldBe("Not allowed");
        (await ScopesAsync("live-desk")).ShouldNotContain(Scopes.MessageNotify);
    }

    [Fact]
    public async Task Given_a_pause_by_mistake_When_it_is_undone_Then_the_module_is_on_again()
    {
        var paused = await _console.PressAsync("pause-confirm-keyword-reply");

        var undone = await _console.Owner.Browser.PressAsync(paused, "undo");

        undone.AttributeOf("module-keyword-reply", "data-state").ShouldBe("on");
    }

    [Fact]
    public async Task Given_a_module_that_was_paused_already_When_an_old_page_pauses_it_Then_the_owner_is_told_that_somebody_was_faster()
    {
        var old = await _console.OpenAsync();
        await _console.Owner.Browser.PressAsync(old, "pause-confirm-keyword-reply");

        var page = await _console.Owner.Browser.PressAsync(old, "pause-confirm-keyword-reply");

        page.TextOf("said").ShouldContain("Somebody was faster");
    }

    [Fact]
    public async Task Given_a_removal_by_mistake_When_it_is_undone_Then_module_plan_and_place_are_what_they_were()
    {
        var removed = await _console.PressAsync("detach-confirm-keyword-reply");
        var undone = await _console.Owner.Browser.PressAsync(removed, "undo");

        undone.TextOf("said").ShouldContain("Taken back");
        undone.AttributeOf("module-keyword-reply", "data-state").ShouldBe("on");
        undone.AttributeOf("module-keyword-reply", "data-first").ShouldBe("true");
        (await _console.Portal.InDatabaseAsync(db => db.Subscriptions.CountAsync(row => row.State == SubscriptionState.Ended || row.EndedAt != null))).ShouldBe(0);

        // The same ticket a second time finds nothing to take back.
        var again = await _console.Owner.Browser.PressAsync(removed, "undo");
        again.TextOf("said").ShouldContain("Somebody was faster");
    }

    [Fact]
    public async Task Given_the_module_that_answers_first_When_it_is_removed_Then_linkage_and_subscription_end_and_nobody_is_promoted()
    {
        var accounts = await _console.PressAsync("detach-confirm-keyword-reply");

        accounts.TextOf("said").ShouldBe("Keyword Reply was removed.");
        accounts.Has("module-keyword-reply").ShouldBeFalse();
        accounts.AttributeOf("module-live-desk", "data-first").ShouldBe("false");
        (await _console.AccountAsync()).DefaultLinkageId.ShouldBeNull();
        var (linkage, ended) = await _console.Portal.InDatabaseAsync(async db => (
            await db.Linkages.SingleAsync(row => row.State == LinkageState.Ended),
            await db.Subscriptions.CountAsync(row => row.State == SubscriptionState.Ended && row.EndedAt != null)));
        linkage.EndedAt.ShouldNotBeNull();
        ended.ShouldBe(1);
    }

    [Theory]
    [InlineData(ConnectionState.Detached, true)]
    [InlineData(ConnectionState.Suspended, false)]
    public async Task Given_an_account_that_LINE_lets_nobody_speak_in_When_its_owner_looks_Then_nobody_is_said_to_answer_and_only_what_helps_is_offered(ConnectionState state, bool canReconnect)
    {
        await _console.DisconnectAsync(state);

        var accounts = await _console.OpenAsync();

        accounts.Has("interrupted").ShouldBeTrue();
        accounts.Has("stack-sentence").ShouldBeFalse();
        accounts.Has("reconnect").ShouldBe(canReconnect);
    }

    [Fact]
    public async Task Given_a_detached_connection_When_the_owner_reconnects_Then_LINE_is_asked_for_that_account_and_all_it_had()
    {
        await _console.DisconnectAsync();
        var accounts = await _console.OpenAsync();
        accounts.TextOf("interrupted").ShouldContain("no longer connected at LINE");

        var atLine = await _console.Owner.Browser.PressAsync(accounts, "reconnect");

        atLine.Address.Host.ShouldBe("line.test");
        var asked = _console.Portal.Gateway.AttachBodies.Last();
        asked["basicSearchId"]!.GetValue<string>().ShouldBe("@qinglan");
        asked["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).ShouldBe(Scopes.Base);
        var trip = asked["id"]!.GetValue<Guid>();
        _console.Portal.Gateway.Attach(trip, _console.Bot, "青嵐髮廊", "@qinglan", [.. Scopes.Base]);
        var back = await _console.Owner.Browser.OpenAsync(new Uri(asked["returnUrl"]!.GetValue<string>()).PathAndQuery + $"?attachRequest={trip}");
        back.TextOf("said").ShouldBe("The account is connected again.");
    }

    [Fact]
    public async Task Given_a_change_of_the_registry_When_it_is_committed_Then_the_gateway_is_nudged()
    {
        await _console.Portal.Gateway.NextNudgeAsync(within: TimeSpan.FromSeconds(10));
        _console.Portal.Gateway.ForgetNudges();

        await _console.PressAsync("pause-confirm-live-desk");

        await _console.Portal.Gateway.NextNudgeAsync(within: TimeSpan.FromSeconds(10));
    }

    private async Task<IReadOnlyList<string>> ScopesAsync(string slug)
    {
        var id = await _console.LinkageAsync(slug);
        return await _console.Portal.InDatabaseAsync(db => db.Linkages.Where(row => row.Id == id).Select(row => row.Scopes).SingleAsync());
    }
}
