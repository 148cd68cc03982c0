using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Facade;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Control;

/// <summary>The two levels together: what LINE says, what we say to LINE, and what modules may do meanwhile.</summary>
public sealed class LineControlTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_chat_that_LINE_refuses_to_give_When_a_module_acquires_Then_LINEs_refusal_is_passed_on_and_the_chat_is_free_again()
    {
        var (shop, first, _) = await TwoModulesAsync();
        var alice = await StandbyAsync(shop, first);
        var refuse = true;
        gateway.Line.Answer = call => refuse && IsAcquire(call, shop) ? (423, """{"message":"Locked"}""") : null;
        (await first.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.Locked);
        refuse = false;
        (await first.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        (await first.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_acquire_at_LINE_whose_outcome_nobody_knows_When_it_is_answered_Then_500_and_LINEs_next_word_decides()
    {
        var (shop, first, _) = await TwoModulesAsync();
        var alice = await StandbyAsync(shop, first);
        gateway.Line.Answer = call => IsAcquire(call, shop) ? (500, "{}") : null;
        (await first.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await first.PushAsync(alice, "may I?")).Status.ShouldBe(HttpStatusCode.Forbidden);

        await shop.PostAsync(Notice(shop, "activated"));
        await first.Module.NextAsync("activated");
        (await first.PushAsync(alice, "now I may")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_module_that_hangs_up_while_its_acquire_is_at_LINE_When_LINE_has_given_the_chat_Then_the_module_has_it()
    {
        var (shop, first, _) = await TwoModulesAsync();
        var alice = await StandbyAsync(shop, first);
        using var gone = new CancellationTokenSource();
        gateway.Line.AnswerLater = call => IsAcquire(call, shop) ? gone.CancelAsync() : Task.CompletedTask;
        var http = new DefaultHttpContext { RequestAborted = gone.Token, RequestServices = gateway.Services };
        (http.Request.Method, http.Request.RouteValues["chatId"]) = ("POST", alice);
        http.Request.Headers.Authorization = $"Bearer {await first.TokenAsync()}";
        http.Request.Headers["X-Line-Bot-Id"] = shop.Bot.ToString();
        var row = FacadeTable.All.Single(one => one.Path.EndsWith("/control/acquire", StringComparison.Ordinal));
        var door = gateway.Services.GetRequiredService<FacadePipeline>().For(row, gateway.Services.GetRequiredService<ChatControlCalls>().AcquireAsync);
        await Record.ExceptionAsync(() => door(http)); // Nobody is there to be answered.
        gateway.Line.AnswerLater = _ => Task.CompletedTask;
        (await first.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_acquire_at_LINE_on_its_way_When_another_module_acquires_Then_423()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello", mode: "standby");
        var forFirst = (string)(await first.Module.NextAsync("message"))["source"]!["userId"]!;
        var forSecond = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        var meanwhile = HttpStatusCode.OK;
        gateway.Line.AnswerLater = async call =>
        {
            if (IsAcquire(call, shop))
                meanwhile = (await second.AcquireAsync(forSecond)).Status;
        };
        (await first.AcquireAsync(forFirst)).Status.ShouldBe(HttpStatusCode.OK);
        meanwhile.ShouldBe(HttpStatusCode.Locked);
        (await second.PushAsync(forSecond, "hello")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_an_acquire_at_LINE_on_its_way_When_its_linkage_ends_Then_it_has_no_hold_now_nor_when_it_is_linked_again()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello", mode: "standby");
        var forSecond = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        gateway.Line.AnswerLater = call => IsAcquire(call, shop) ? shop.SetStateAsync(second, LinkageState.Ended) : Task.CompletedTask;
        (await second.AcquireAsync(forSecond)).Status.ShouldBe(HttpStatusCode.Locked);
        await gateway.Line.CalledAsync(call => IsRelease(call, shop));

        await shop.SetStateAsync(second, LinkageState.On);
        await shop.PostAsync(Notice(shop, "activated"));
        await first.Module.NextAsync("activated");
        (await second.PushAsync(forSecond, "mine?")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_an_acquire_at_LINE_on_its_way_When_LINE_gives_the_chat_to_its_module_by_itself_Then_it_is_told_the_end_of_its_hold()
    {
        var (shop, first, _) = await TwoModulesAsync();
        var alice = await StandbyAsync(shop, first);
        gateway.Line.AnswerLater = async call =>
        {
            if (!IsAcquire(call, shop))
                return;

            await shop.PostAsync(Notice(shop, "activated"));
            (await first.Module.NextAsync("activated"))["chatControl"]!.AsObject().ContainsKey("expireAt").ShouldBeFalse();
        };
        (await first.AcquireAsync(alice, new { expired = true, ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        (await first.Module.NextAsync("activated"))["chatControl"]!.AsObject().ContainsKey("expireAt").ShouldBeTrue();
    }

    [Fact]
    public async Task Given_an_acquire_at_LINE_that_outlives_its_reservation_When_LINE_grants_it_Then_the_module_does_not_have_it_and_LINE_gets_the_chat_back()
    {
        var (shop, first, _) = await TwoModulesAsync();
        var alice = await StandbyAsync(shop, first);
        gateway.Line.AnswerLater = call =>
        {
            if (IsAcquire(call, shop))
                gateway.Clock.Advance(TimeSpan.FromSeconds(6));
            return Task.CompletedTask;
        };
        (await first.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.Locked);
        (await first.PushAsync(alice, "mine?")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await gateway.Line.CalledAsync(call => IsRelease(call, shop));
    }

    [Fact]
    public async Task Given_an_acquire_at_LINE_that_outlives_its_reservation_When_only_a_dead_process_has_reserved_since_Then_LINE_gets_the_chat_back()
    {
        // LINE takes longer than two reservations stand: this gateway waits for it.
        var patient = new GatewayHost { UpstreamTimeout = "00:01:00" };
        await patient.InitializeAsync();
        try
        {
            await OutliveAsync(patient);
        }
        finally
        {
            await patient.DisposeAsync();
        }
    }

    private static async Task OutliveAsync(GatewayHost gateway)
    {
        var shop = await gateway.NewShopAsync();
        var (first, second) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        var alice = await StandbyAsync(shop, first);
        gateway.Line.AnswerLater = async call =>
        {
            if (!IsAcquire(call, shop))
                return;

            gateway.Clock.Advance(TimeSpan.FromSeconds(6));
            var chat = UpstreamId.Read(IdKind.User, Encoding.ASCII.GetBytes(shop.User("alice")), shop.Bot);
            var control = gateway.Services.GetRequiredService<LineControl>();
            (await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(
                tx => control.Reserve(tx, tx.Control.Account(shop.Bot)!, new ChatKey(shop.Bot, chat.Kind, chat.Bits), second.Linkage, tx.Now))).ShouldNotBeNull();
            gateway.Clock.Advance(TimeSpan.FromSeconds(6)); // The process that reserved it never comes back.
        };
        (await first.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.Locked);
        await gateway.Line.CalledAsync(call => IsRelease(call, shop));
    }

    [Fact]
    public async Task Given_a_release_that_LINE_does_not_take_When_it_was_promised_to_the_module_Then_it_is_tried_until_LINE_agrees()
    {
        var (shop, first, _) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await first.Module.NextAsync("message"))["source"]!["userId"]!;
        var refusals = 2;
        var agreed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Line.Answer = call =>
        {
            if (!IsRelease(call, shop))
                return null;
            if (Interlocked.Decrement(ref refusals) >= 0)
                return (503, "{}");
            agreed.TrySetResult();
            return null;
        };
        (await first.ReleaseAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        await agreed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Given_nobody_who_answers_first_When_a_customer_writes_Then_the_chat_is_released_at_LINE_and_taken_again_after_Turn_on_with_the_next_event()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync();
        await shop.WriteAsync("alice", "anybody?");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        await gateway.Line.CalledAsync(call => IsRelease(call, shop));

        await shop.AnswersFirstAsync(module);
        await shop.WriteAsync("alice", "still nobody?", mode: "standby");
        ((string?)(await module.Module.NextAsync("message"))["mode"]).ShouldBe("standby");
        await gateway.Line.CalledAsync(call => IsAcquire(call, shop));
        await module.Module.NextAsync("activated");
        (await module.PushAsync(alice, "here I am")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_acquire_of_ours_at_LINE_When_an_event_from_before_it_arrives_Then_it_says_standby_for_itself_and_the_module_keeps_the_chat()
    {
        var (shop, first, _) = await TwoModulesAsync();
        var alice = await StandbyAsync(shop, first);
        (await first.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "sent a moment ago", mode: "standby");
        JsonObject got;
        do
        {
            got = await first.Module.NextAsync("message");
        }
        while ((string?)got["message"]!["text"] != "sent a moment ago");
        ((string?)got["mode"]).ShouldBe("standby");
        (await first.PushAsync(alice, "still mine")).Status.ShouldBe(HttpStatusCode.OK);

        await gateway.AdvanceAsync(TimeSpan.FromSeconds(11));
        await shop.WriteAsync("alice", "LINE means it", mode: "standby");
        await first.Module.NextAsync("deactivated");
        (await first.PushAsync(alice, "not mine")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_an_older_word_of_LINEs_that_comes_late_When_it_differs_Then_the_younger_one_holds()
    {
        var (shop, first, _) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "new");
        var alice = (string)(await first.Module.NextAsync("message"))["source"]!["userId"]!;
        await shop.WriteAsync("alice", "old", mode: "standby", at: gateway.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        await first.Module.NextAsync("message");
        (await first.PushAsync(alice, "still mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_redelivery_with_another_mode_When_it_is_the_first_that_arrives_Then_it_says_nothing_of_the_chat()
    {
        var (shop, first, _) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await first.Module.NextAsync("message"))["source"]!["userId"]!;
        var again = shop.Message("alice", "from before", mode: "standby");
        again["deliveryContext"]!["isRedelivery"] = true;
        await shop.PostAsync(again);
        await first.Module.NextAsync("message");
        (await first.PushAsync(alice, "still mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_chat_that_is_on_its_way_back_to_LINE_When_another_module_acquires_it_Then_the_last_thing_LINE_hears_is_the_acquire()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello");
        var forFirst = (string)(await first.Module.NextAsync("message"))["source"]!["userId"]!;
        var forSecond = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        gateway.Line.Answer = call => IsRelease(call, shop) ? (503, "{}") : null;
        (await first.ReleaseAsync(forFirst)).Status.ShouldBe(HttpStatusCode.OK);
        (await second.AcquireAsync(forSecond)).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.Line.CalledAsync(call => IsAcquire(call, shop));
        (await second.PushAsync(forSecond, "mine now")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_an_acquire_at_LINE_that_comes_back_too_late_When_another_of_ours_has_the_chat_meanwhile_Then_it_keeps_it_at_LINE_too()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello", mode: "standby");
        var forFirst = (string)(await first.Module.NextAsync("message"))["source"]!["userId"]!;
        var forSecond = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        var isFirst = true;
        gateway.Line.AnswerLater = async call =>
        {
            if (!IsAcquire(call, shop) || !isFirst)
                return;

            isFirst = false;
            gateway.Clock.Advance(TimeSpan.FromSeconds(6)); // The first one's reservation is over while LINE thinks.
            (await second.AcquireAsync(forSecond)).Status.ShouldBe(HttpStatusCode.OK);
        };
        (await first.AcquireAsync(forFirst)).Status.ShouldBe(HttpStatusCode.Locked);

        var chat = (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Held(shop.Bot, 10))).ShouldHaveSingleItem();
        chat.Holder.ShouldBe(second.Linkage);
        chat.Errand.ShouldBeNull();
        (await second.PushAsync(forSecond, "still mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_LINEs_own_notices_When_they_arrive_Then_modules_do_not_get_them_but_the_gateways()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello");
        await second.Module.NextAsync("message");
        var notice = Notice(shop, "deactivated");
        await shop.PostAsync((JsonObject)notice.DeepClone());
        ((string?)(await first.Module.NextAsync("deactivated"))["webhookEventId"]).ShouldNotBe((string?)notice["webhookEventId"]);
        await shop.WriteAsync("alice", "goodbye", mode: "standby");
        (await second.Module.NextAsync()).Events.ShouldHaveSingleItem()["type"]!.GetValue<string>().ShouldBe("message");
    }

    private static bool IsAcquire(LineCall call, Shop shop) => call.Path == $"/v2/bot/chat/{shop.User("alice")}/control/acquire";

    private static bool IsRelease(LineCall call, Shop shop) => call.Path == $"/v2/bot/chat/{shop.User("alice")}/control/release";

    private static JsonObject Notice(Shop shop, string type) => new()
    {
        ["type"] = type,
        ["mode"] = "active",
        ["chatControl"] = new JsonObject(),
        ["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User("alice") },
        ["webhookEventId"] = Shop.NewEventId(),
    };

    private async Task<(Shop Shop, LinkedDouble First, LinkedDouble Second)> TwoModulesAsync()
    {
        var shop = await gateway.NewShopAsync();
        return (shop, await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
    }

    /// <summary>Alice writes while LINE's own channel answers; what the module calls her.</summary>
    private static async Task<string> StandbyAsync(Shop shop, LinkedDouble module)
    {
        await shop.WriteAsync("alice", "hello", mode: "standby");
        return (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
    }
}
