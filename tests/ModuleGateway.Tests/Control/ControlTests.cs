using System.Net;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Control;

public sealed class ControlTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_chat_that_was_just_acquired_When_another_module_acquires_within_3_s_Then_423_and_afterwards_it_may()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);

        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
        (await first.AcquireAsync(alice[first])).Status.ShouldBe(HttpStatusCode.Locked);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(3.1));
        (await first.AcquireAsync(alice[first])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_hold_with_an_end_When_its_time_has_come_Then_the_default_answers_again_and_both_are_told_before_the_next_event()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second], new { expired = true, ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        var activated = await second.Module.NextAsync("activated");
        activated["chatControl"]!["expireAt"]!.GetValue<long>().ShouldBeGreaterThan(gateway.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        await first.Module.NextAsync("deactivated");

        await gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        await shop.WriteAsync("alice", "still there?");
        (await NextTypesAsync(second, 2)).ShouldBe(["deactivated", "message"]);
        (await NextTypesAsync(first, 2)).ShouldBe(["activated", "message"]);
    }

    [Fact]
    public async Task Given_a_loser_that_switched_expiry_notices_off_When_its_hold_runs_out_Then_only_the_gainer_is_told_and_the_epoch_grows_as_ever()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.ExpireSilentlyAsync(second);
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second], new { expired = true, ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        (await NextTypesAsync(second, 1)).ShouldBe(["activated"]);
        (await NextTypesAsync(first, 1)).ShouldBe(["deactivated"]);
        var epoch = (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["epoch"]!.GetValue<long>();

        await gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        await shop.WriteAsync("alice", "still there?");
        (await NextTypesAsync(second, 1)).ShouldBe(["message"]);
        (await NextTypesAsync(first, 2)).ShouldBe(["activated", "message"]);
        (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["epoch"]!.GetValue<long>().ShouldBe(epoch + 1);
    }

    [Fact]
    public async Task Given_a_gainer_that_switched_expiry_notices_off_When_a_hold_runs_out_Then_only_the_loser_is_told_and_a_release_is_told_all_the_same()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.ExpireSilentlyAsync(first);
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second], new { expired = true, ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        (await NextTypesAsync(first, 1)).ShouldBe(["deactivated"]);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        await shop.WriteAsync("alice", "still there?");
        (await NextTypesAsync(second, 3)).ShouldBe(["activated", "deactivated", "message"]);
        (await NextTypesAsync(first, 1)).ShouldBe(["message"]);

        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
        (await second.ReleaseAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
        (await NextTypesAsync(first, 2)).ShouldBe(["deactivated", "activated"]);
    }

    [Fact]
    public async Task Given_a_module_without_expiry_notices_When_it_is_linked_afterwards_and_switches_them_on_again_Then_both_take_effect()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.ExpireSilentlyAsync(second);
        await shop.SetStateAsync(second, LinkageState.Ended);
        await shop.SetStateAsync(second, LinkageState.On); // Only the linkage's row changed: the module's word still holds.
        (await LinkageAsync(second)).ExpiresSilently.ShouldBeTrue();
        await shop.ExpireSilentlyAsync(second, isOn: false);
        (await LinkageAsync(second)).ExpiresSilently.ShouldBeFalse();
        (await LinkageAsync(first)).ExpiresSilently.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_hold_that_ran_out_unnoticed_When_another_is_chosen_to_answer_first_Then_the_expiry_is_told_before_it()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second], new { expired = true, ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        await second.Module.NextAsync("activated");
        await first.Module.NextAsync("deactivated");

        // The change is the first to find the hold due: no timer has seen this instant.
        await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx => gateway.Services.GetRequiredService<AccountControl>().Change(
            tx, tx.Control.Account(shop.Bot)!, account => account with { DefaultLinkage = second.Linkage }, tx.Now + TimeSpan.FromSeconds(61)));
        (await NextTypesAsync(second, 1)).ShouldBe(["deactivated"]);
        var activated = await first.Module.NextAsync();
        ((string?)activated.Events.ShouldHaveSingleItem()["type"]).ShouldBe("activated");
        activated.Events[0]["chatControl"]!.AsObject().ContainsKey("expireAt").ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_holder_that_was_chosen_to_answer_first_meanwhile_When_its_hold_ends_Then_nothing_changed_and_its_reply_token_is_good()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second], new { expired = true, ttl = 10 })).Status.ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "and now?");
        var token = (string)(await second.Module.NextAsync("message"))["replyToken"]!;

        await shop.AnswersFirstAsync(second);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(11));
        (await second.ReplyAsync(token, "it is still me")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_module_that_acquires_again_and_again_in_one_millisecond_When_it_is_told_Then_each_is_an_event_of_its_own()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await MeetAsync(shop, first, second);
        var alice = UpstreamId.Read(IdKind.User, System.Text.Encoding.UTF8.GetBytes(shop.User("alice")), shop.Bot).Bits;
        await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            var (control, chat, now) = (gateway.Services.GetRequiredService<ChatControl>(), new ChatKey(shop.Bot, IdKind.User, alice), tx.Now);
            control.Acquire(tx, tx.Control.Account(shop.Bot)!, chat, second.Linkage, TimeSpan.FromSeconds(60), now);
            control.Acquire(tx, tx.Control.Account(shop.Bot)!, chat, second.Linkage, null, now);
            return control.Acquire(tx, tx.Control.Account(shop.Bot)!, chat, second.Linkage, TimeSpan.FromSeconds(60), now);
        });
        var told = new List<string>();
        for (var i = 0; i < 3; i++)
            told.Add((string)(await second.Module.NextAsync("activated"))["webhookEventId"]!);
        told.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Given_a_chat_under_the_default_When_its_account_is_suspended_Then_its_epoch_does_not_fall()
    {
        var bot = BotId.FromBits(1);
        var account = new AccountRow(bot, ChannelId.Parse("1650000001", null), ConnectionState.Attached, [], null, LastEpoch: 4, DefaultEpoch: 4, DateTimeOffset.UnixEpoch);
        var chat = ChatRow.Fresh(new ChatKey(bot, IdKind.User, 7)) with { Epoch = 1 };
        ActiveModule.Of(account, chat, _ => null, DateTimeOffset.UnixEpoch).Epoch.ShouldBe(4);
        ActiveModule.Of(account with { Connection = ConnectionState.Suspended, LastEpoch = 5, DefaultEpoch = 5 }, chat, _ => null, DateTimeOffset.UnixEpoch).Epoch.ShouldBe(5);
    }

    [Fact]
    public async Task Given_an_acquire_without_end_When_it_is_answered_Then_there_is_no_expireAt()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        (await second.Module.NextAsync("activated"))["chatControl"]!.AsObject().ContainsKey("expireAt").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"ttl":0}""")]
    [InlineData("""{"ttl":31536001}""")]
    [InlineData("""{"ttl":"soon"}""")]
    [InlineData("""{"expired":"no"}""")]
    [InlineData("""[]""")]
    public async Task Given_an_acquire_that_LINE_would_refuse_When_it_is_called_Then_400_and_nothing_moves(string body)
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second], System.Text.Json.Nodes.JsonNode.Parse(body))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await first.PushAsync(alice[first], "still mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_the_default_active_module_When_it_releases_Then_the_chat_is_LINEs_own_channels_and_LINE_is_told()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await first.ReleaseAsync(alice[first])).Status.ShouldBe(HttpStatusCode.OK);
        await first.Module.NextAsync("deactivated");
        await gateway.Line.CalledAsync(call => call.Path == $"/v2/bot/chat/{shop.User("alice")}/control/release");
        (await first.PushAsync(alice[first], "hello?")).Status.ShouldBe(HttpStatusCode.Forbidden);

        // Another may take it up again.
        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_module_that_is_not_active_When_it_releases_Then_nothing_happens()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.ReleaseAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
        (await first.PushAsync(alice[first], "mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_chat_where_LINEs_own_channel_answers_When_a_module_acquires_Then_the_gateway_acquires_at_LINE_first()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello", mode: "standby");
        var got = (await first.Module.NextAsync("message"));
        ((string?)got["mode"]).ShouldBe("standby");
        got.ContainsKey("replyToken").ShouldBeFalse();
        var alice = (string)got["source"]!["userId"]!;
        (await first.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await first.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Line.Calls.ShouldContain(call => call.Path == $"/v2/bot/chat/{shop.User("alice")}/control/acquire" && call.Body == """{"expired":false}""");
        (await first.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_held_chat_When_the_customer_blocks_the_account_Then_the_hold_ends_after_that_event()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
        await second.Module.NextAsync("activated");
        await first.Module.NextAsync("deactivated");
        await shop.PostAsync(new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = "unfollow", ["mode"] = "active", ["source"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "user", ["userId"] = shop.User("alice") },
        });
        (await NextTypesAsync(second, 2)).ShouldBe(["unfollow", "deactivated"]);
        (await NextTypesAsync(first, 2)).ShouldBe(["unfollow", "activated"]);

        // Who is gone cannot be taken, and comes back to the default.
        gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.NotFound);
        await shop.WriteAsync("alice", "I am back");
        ((string?)(await first.Module.NextAsync("message"))["mode"]).ShouldBe("active");
        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_chat_that_another_module_holds_When_the_default_active_module_releases_it_Then_200_and_nothing_happens()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
        (await first.ReleaseAsync(alice[first])).Status.ShouldBe(HttpStatusCode.OK);
        (await second.PushAsync(alice[second], "still mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_default_active_module_When_it_is_suspended_Then_it_may_not_speak_and_nobody_is_promoted()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        await shop.SetStateAsync(first, LinkageState.Suspended);
        (await first.PushAsync(alice[first], "hello")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await second.PushAsync(alice[second], "hello")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await shop.SetStateAsync(first, LinkageState.On);
        (await first.PushAsync(alice[first], "back")).Status.ShouldBe(HttpStatusCode.OK);

        // Last: with an event that nobody of ours answers the chat goes back to LINE, some time after it.
        await shop.SetStateAsync(first, LinkageState.Suspended);
        await shop.WriteAsync("alice", "anybody?");
        ((string?)(await second.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
    }

    [Fact]
    public async Task Given_an_owner_who_chooses_another_first_answerer_When_it_is_applied_Then_both_are_told_once_for_the_account()
    {
        var (shop, first, second) = await TwoModulesAsync();
        ((string?)(await first.Module.NextAsync("defaultActive"))["defaultActive"]!["state"]).ShouldBe("gained");
        await shop.AnswersFirstAsync(second);
        var lost = await first.Module.NextAsync("defaultActive");
        ((string?)lost["defaultActive"]!["state"]).ShouldBe("lost");
        lost.ContainsKey("source").ShouldBeFalse();
        ((string?)(await second.Module.NextAsync("defaultActive"))["defaultActive"]!["state"]).ShouldBe("gained");
        await shop.WriteAsync("alice", "hello");
        ((string?)(await second.Module.NextAsync("message"))["mode"]).ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_linkage_in_set_up_When_a_customer_writes_Then_it_listens_and_may_not_speak()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true, state: LinkageState.InSetUp);
        await shop.WriteAsync("alice", "hello");
        var got = await module.Module.NextAsync("message");
        ((string?)got["mode"]).ShouldBe("standby");
        (await module.PushAsync((string)got["source"]!["userId"]!, "hi")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_chat_that_a_module_holds_When_a_linkage_in_set_up_acquires_it_Then_404_and_the_holder_keeps_it()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var third = await shop.LinkAsync(state: LinkageState.InSetUp);
        var alice = await MeetAsync(shop, first, second, third);
        (await second.AcquireAsync(alice[second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(3.1));

        (await third.AcquireAsync(alice[third])).Status.ShouldBe(HttpStatusCode.NotFound);
        (await second.PushAsync(alice[second], "still mine")).Status.ShouldBe(HttpStatusCode.OK);
        await shop.SetStateAsync(third, LinkageState.On);
        (await third.PushAsync(alice[third], "nor is it mine once I am on")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_linkage_that_ends_When_it_is_applied_Then_it_hears_detached_and_calls_are_refused()
    {
        var (shop, first, second) = await TwoModulesAsync();
        var alice = await MeetAsync(shop, first, second);
        (await second.AcquireAsync(alice[second])).Status.ShouldBe(HttpStatusCode.OK);
        await shop.SetStateAsync(second, LinkageState.Ended);
        while ((string?)(await second.Module.NextAsync("module"))["module"]!["type"] != "detached")
        {
        }

        (await second.PushAsync(alice[second], "hello")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await first.PushAsync(alice[first], "I am here")).Status.ShouldBe(HttpStatusCode.OK);

        // The same ids after a new start.
        await shop.SetStateAsync(second, LinkageState.On);
        await shop.WriteAsync("alice", "hello again");
        ((string?)(await second.Module.NextAsync("message"))["source"]!["userId"]).ShouldBe(alice[second]);
        (await second.PushAsync(alice[second], "no hold came back")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<LinkageRow> LinkageAsync(LinkedDouble linked) => (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Linkage(linked.Linkage)))!;

    private async Task<(Shop Shop, LinkedDouble First, LinkedDouble Second)> TwoModulesAsync()
    {
        var shop = await gateway.NewShopAsync();
        return (shop, await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
    }

    /// <summary>Alice writes once; what each module calls her.</summary>
    private static async Task<Dictionary<LinkedDouble, string>> MeetAsync(Shop shop, params LinkedDouble[] modules)
    {
        await shop.WriteAsync("alice", "hello");
        var seen = new Dictionary<LinkedDouble, string>();
        foreach (var module in modules)
            seen[module] = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        return seen;
    }

    private static async Task<List<string>> NextTypesAsync(LinkedDouble module, int count)
    {
        var types = new List<string>();
        while (types.Count < count)
            types.AddRange((await module.Module.NextAsync()).Events.Select(one => (string)one["type"]!));
        return types;
    }
}
