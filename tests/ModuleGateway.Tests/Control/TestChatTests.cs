using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Control;

/// <summary>A linkage in set-up is never active, except in the owner's test chats.</summary>
public sealed class TestChatTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_linkage_in_set_up_When_the_owner_sends_its_code_Then_that_very_message_is_active_and_it_answers()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        var token = await shop.WriteAsync("owner", await CodeAsync(tried));

        var message = await tried.Module.NextAsync("message");
        ((string?)message["mode"]).ShouldBe("active");
        (await tried.ReplyAsync((string)message["replyToken"]!, "I am being tried")).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.Line.CalledAsync(call => call.Bot == shop.Bot.ToString() && call.Path == "/v2/bot/message/reply")).Body.ShouldContain(token);
    }

    [Fact]
    public async Task Given_a_test_chat_When_the_code_is_taken_Then_who_answered_first_hears_deactivated_and_the_tried_one_activated_before_the_message()
    {
        var (shop, first, tried) = await TriedBesideAsync("Try ");
        (await tried.Module.NextAsync()).Events.ShouldHaveSingleItem()["type"]!.GetValue<string>().ShouldBe("activated");
        ((string?)(await first.Module.NextAsync()).Events.ShouldHaveSingleItem()["type"]).ShouldBe("deactivated");
        ((string?)(await tried.Module.NextAsync("message"))["mode"]).ShouldBe("active");
        ((string?)(await first.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
        (await ChatAsync(tried)).Epoch.ShouldBe((await AccountAsync(shop)).LastEpoch);
    }

    [Fact]
    public async Task Given_a_test_chat_When_the_linkage_in_set_up_speaks_or_acquires_elsewhere_Then_it_is_refused()
    {
        var (shop, first, tried) = await TriedBesideAsync();
        var owner = (string)(await tried.Module.NextAsync("message"))["source"]!["userId"]!;
        (await tried.PushAsync(owner, "here I may")).Status.ShouldBe(HttpStatusCode.OK);
        (await tried.AcquireAsync(owner)).Status.ShouldBe(HttpStatusCode.OK);

        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await tried.Module.NextAsync("message"))["source"]!["userId"]!;
        (await tried.PushAsync(alice, "and here not")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await tried.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await first.Module.NextAsync("message"))["message"]!["text"]!.GetValue<string>().ShouldStartWith("try");
        ((string?)(await first.Module.NextAsync("message"))["mode"]).ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_code_that_was_used_When_somebody_else_sends_it_Then_it_is_a_text_like_any_other()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        var code = await CodeAsync(tried);
        await shop.WriteAsync("owner", code);
        await tried.Module.NextAsync("message");
        await shop.WriteAsync("alice", code);
        ((string?)(await tried.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
    }

    [Fact]
    public async Task Given_a_code_When_ten_minutes_are_over_Then_it_is_worth_nothing()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        var code = await CodeAsync(tried);
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(10));
        await shop.WriteAsync("owner", code);
        ((string?)(await tried.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
        (await ShownAsync(tried))["code"].ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_code_When_twenty_wrong_ones_came_Then_it_is_worth_nothing()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        var code = await CodeAsync(tried);
        var wrong = code == "try 000000" ? "try 000001" : "try 000000";
        await shop.PostAsync([.. Enumerable.Range(0, 19).Select(_ => shop.Message("mallory", wrong, replyToken: "t"))]);
        await shop.WriteAsync("mallory", "try it all"); // Not even the shape of a code.
        await gateway.RouteAsync();
        (await ShownAsync(tried))["code"].ShouldNotBeNull();
        await shop.WriteAsync("mallory", wrong);
        await shop.WriteAsync("owner", code);
        await gateway.RouteAsync();
        (await TestChatsAsync(tried)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_linkage_that_has_a_code_When_it_is_asked_for_again_Then_the_earlier_one_is_void()
    {
        var shop = await gateway.NewShopAsync();
        await shop.LinkAsync(answersFirst: true); // Without it LINE gets the chat back after the first message, sooner or later than the second comes.
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        var (old, current) = (await CodeAsync(tried), await CodeAsync(tried));
        ((string?)(await ShownAsync(tried))["code"]!["text"]).ShouldBe(current);
        await shop.WriteAsync("owner", old);
        ((string?)(await tried.Module.NextAsync("message"))["mode"]).ShouldBe(old == current ? "active" : "standby");
        await shop.WriteAsync("owner", current);
        ((string?)(await tried.Module.NextAsync("message"))["mode"]).ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_test_chat_When_its_linkage_is_turned_on_Then_the_chat_is_like_any_other()
    {
        var (shop, first, tried) = await TriedBesideAsync();
        await tried.Module.NextAsync("message");
        await first.Module.NextAsync("message");
        var epoch = (await ChatAsync(tried)).Epoch;
        await shop.SetStateAsync(tried, LinkageState.On);

        ((string?)(await tried.Module.NextAsync()).Events[0]["type"]).ShouldBe("deactivated");
        ((string?)(await first.Module.NextAsync()).Events[0]["type"]).ShouldBe("activated");
        (await AccountAsync(shop)).LastEpoch.ShouldBe(epoch + 1);
        (await TestChatsAsync(tried)).ShouldBeEmpty();
        await shop.WriteAsync("owner", "who answers?");
        ((string?)(await first.Module.NextAsync("message"))["mode"]).ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_test_chat_that_the_tried_linkage_holds_When_the_owner_stops_trying_Then_who_answers_first_has_it_again()
    {
        var (shop, first, tried) = await TriedBesideAsync();
        var owner = (string)(await tried.Module.NextAsync("message"))["source"]!["userId"]!;
        (await tried.AcquireAsync(owner, new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await tried.Module.NextAsync("activated");
        await first.Module.NextAsync("message");

        await gateway.ManageAsync(HttpMethod.Delete, $"/management/linkages/{tried.Linkage}/test-chats");
        ((string?)(await tried.Module.NextAsync()).Events[0]["type"]).ShouldBe("deactivated");
        ((string?)(await first.Module.NextAsync()).Events[0]["type"]).ShouldBe("activated");
        (await tried.PushAsync(owner, "one more")).Status.ShouldBe(HttpStatusCode.Forbidden);
        ((int?)(await ShownAsync(tried))["chats"]).ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_account_on_which_nobody_answers_first_When_the_owner_stops_trying_Then_the_chat_is_given_back_at_LINE()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        await shop.WriteAsync("owner", await CodeAsync(tried));
        await tried.Module.NextAsync("message");
        await gateway.ManageAsync(HttpMethod.Delete, $"/management/linkages/{tried.Linkage}/test-chats");
        await gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{shop.User("owner")}/control/release");
    }

    [Fact]
    public async Task Given_a_chat_that_LINEs_own_channel_answers_When_the_owner_sends_the_code_Then_it_is_taken_at_LINE_and_the_next_message_is_active()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        await shop.WriteAsync("owner", await CodeAsync(tried), mode: "standby");
        ((string?)(await tried.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
        await gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{shop.User("owner")}/control/acquire");
        await tried.Module.NextAsync("activated");
        await shop.WriteAsync("owner", "hello");
        ((string?)(await tried.Module.NextAsync("message"))["mode"]).ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_chat_that_is_on_its_way_back_to_LINE_When_the_owner_sends_the_code_Then_LINE_hears_the_acquire_last()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        var code = await CodeAsync(tried);
        var (asked, answer) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        gateway.Line.AnswerLater = call =>
        {
            if (call.Bot != shop.Bot.ToString() || !call.Path.EndsWith("/release", StringComparison.Ordinal))
                return Task.CompletedTask;
            asked.TrySetResult();
            return answer.Task;
        };
        await shop.WriteAsync("owner", "hello"); // Nobody answers first: the chat is given back at LINE with its first event.
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await shop.WriteAsync("owner", code);
        await gateway.RouteAsync();
        answer.SetResult();

        await gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{shop.User("owner")}/control/acquire");
        await shop.WriteAsync("owner", "and now?", mode: "active");
        JsonObject message;
        do
            message = await tried.Module.NextAsync("message");
        while ((string)message["message"]!["text"]! != "and now?");
        ((string?)message["mode"]).ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_test_chat_When_its_linkage_is_suspended_Then_it_is_never_active_there()
    {
        var (shop, first, tried) = await TriedBesideAsync();
        var owner = (string)(await tried.Module.NextAsync("message"))["source"]!["userId"]!;
        await shop.SetStateAsync(tried, LinkageState.Suspended);
        await first.Module.NextAsync("activated");
        (await tried.PushAsync(owner, "suspended")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await shop.SetStateAsync(tried, LinkageState.InSetUp);
        await first.Module.NextAsync("deactivated");
        (await tried.PushAsync(owner, "restored")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_test_chat_When_the_tried_linkage_releases_it_Then_LINEs_own_channel_has_it()
    {
        var (shop, _, tried) = await TriedBesideAsync();
        var owner = (string)(await tried.Module.NextAsync("message"))["source"]!["userId"]!;
        (await tried.ReleaseAsync(owner)).Status.ShouldBe(HttpStatusCode.OK);
        (await ChatAsync(tried)).HolderKind.ShouldBe(HolderKind.Primary);
        await gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{shop.User("owner")}/control/release");
    }

    [Fact]
    public async Task Given_five_test_chats_When_another_code_is_asked_for_Then_it_is_refused()
    {
        var shop = await gateway.NewShopAsync();
        var tried = await shop.LinkAsync(state: LinkageState.InSetUp);
        for (var i = 0; i < TestChats.ChatsMax; i++)
        {
            await shop.WriteAsync("colleague " + i, await CodeAsync(tried));
            await gateway.RouteAsync();
        }

        ((string?)(await AskAsync(tried))["refusal"]).ShouldBe("enoughChats");
        ((int?)(await ShownAsync(tried))["chats"]).ShouldBe(5);
    }

    [Fact]
    public async Task Given_a_linkage_that_is_on_When_a_code_is_asked_for_Then_it_is_refused()
    {
        var shop = await gateway.NewShopAsync();
        ((string?)(await AskAsync(await shop.LinkAsync()))["refusal"]).ShouldBe("notInSetUp");
    }

    /// <summary>One module answers first; a second one, in set-up, is tried by the owner.</summary>
    private async Task<(Shop Shop, LinkedDouble First, LinkedDouble Tried)> TriedBesideAsync(string word = "try ")
    {
        var shop = await gateway.NewShopAsync();
        var (first, tried) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync(state: LinkageState.InSetUp));
        await shop.WriteAsync("owner", word + (await CodeAsync(tried))[^6..]);
        return (shop, first, tried);
    }

    private async Task<JsonNode> AskAsync(LinkedDouble linked) => (await gateway.ManageAsync(HttpMethod.Post, $"/management/linkages/{linked.Linkage}/test-code"))!;

    private async Task<string> CodeAsync(LinkedDouble linked) => (string)(await AskAsync(linked))["code"]!["text"]!;

    private Task<JsonNode> ShownAsync(LinkedDouble linked) => gateway.ManageAsync($"/management/linkages/{linked.Linkage}/test-chats");

    private Task<IReadOnlyList<ChatRow>> TestChatsAsync(LinkedDouble linked) => gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.TestChats(linked.Linkage));

    private async Task<ChatRow> ChatAsync(LinkedDouble tried) => (await TestChatsAsync(tried)).ShouldHaveSingleItem();

    private async Task<AccountRow> AccountAsync(Shop shop) => (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Account(shop.Bot)))!;
}
