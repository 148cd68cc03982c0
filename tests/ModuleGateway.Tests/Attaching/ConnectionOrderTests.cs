using System.Net;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>Every order of the words about a connection ends in the same state, and modules hear of each change once.</summary>
public sealed class ConnectionOrderTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly string[] Granted = [Scopes.MessageSend, Scopes.MessageReceive];

    [Theory]
    [InlineData("callback")]
    [InlineData("webhook")]
    [InlineData("callback webhook")]
    [InlineData("webhook callback")]
    [InlineData("webhook callback webhook")]
    public async Task Given_a_consent_When_callback_and_attached_come_in_any_order_or_one_of_them_never_Then_the_account_and_what_its_modules_heard_are_the_same(string order)
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "before the attach");
        foreach (var word in order.Split(' '))
            await (word == "callback" ? CallbackAsync(shop) : AttachedAsync(shop, Granted));

        var account = await AccountAsync(shop);
        (account.Connection, account.Channel.ToString(), account.DefaultLinkage).ShouldBe((ConnectionState.Attached, GatewayHost.ModuleChannelId, module.Linkage));
        account.Scopes.ShouldBe(Granted);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Heard(module).ShouldBe(["attached", "gained", "before the attach"], ignoreOrder: true);
    }

    [Fact]
    public async Task Given_an_event_within_the_hour_before_the_attach_When_the_attach_completes_Then_it_is_delivered_and_an_older_one_is_not()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "too long ago");
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(30));
        await shop.WriteAsync("alice", "in time");
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(31));
        await AttachedAsync(shop, Granted);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Heard(module).ShouldContain("in time");
        Heard(module).ShouldNotContain("too long ago");
    }

    [Fact]
    public async Task Given_an_event_that_waits_for_the_attach_When_attached_comes_together_with_a_later_one_of_its_chat_Then_they_arrive_in_their_order()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "first");
        await gateway.AdvanceAsync(TimeSpan.Zero);
        var attached = new JsonObject
        {
            ["type"] = "module", ["mode"] = "active",
            ["module"] = new JsonObject { ["type"] = "attached", ["botId"] = shop.Bot.ToString(), ["scopes"] = new JsonArray([.. Granted.Select(scope => JsonValue.Create(scope))]) },
        };
        await shop.PostAsync(attached, shop.Message("alice", "second"));
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("first");
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("second");
    }

    [Fact]
    public async Task Given_an_attached_account_When_it_is_attached_again_with_more_scopes_Then_a_linkage_may_do_more_and_is_told()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        await AttachedAsync(shop, Granted);
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{alice}")).Status.ShouldBe(HttpStatusCode.Forbidden); // Its own scope, but not granted by LINE.

        await AttachedAsync(shop, [.. Granted, Scopes.ProfileRead]);
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{alice}")).Status.ShouldBe(HttpStatusCode.OK);
        var told = (await module.Module.NextAsync("module"))["module"]!;
        while (told["scopes"]?.AsArray().Any(scope => (string?)scope == Scopes.ProfileRead) != true || told["scopes"]!.AsArray().Count > 3)
            told = (await module.Module.NextAsync("module"))["module"]!;
        told["scopes"]!.AsArray().Select(scope => (string?)scope).ShouldBe([.. Granted, Scopes.ProfileRead], ignoreOrder: true); // Its own, as far as they are granted.
    }

    [Fact]
    public async Task Given_scopes_that_LINE_did_not_grant_When_a_linkage_begins_Then_its_attached_names_only_those_that_it_has()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        await AttachedAsync(shop, Granted);
        var module = await shop.LinkAsync(answersFirst: true);
        var told = (await module.Module.NextAsync("module"))["module"]!["scopes"]!.AsArray();
        told.Select(scope => (string?)scope).ShouldBe(Granted, ignoreOrder: true);
    }

    [Fact]
    public async Task Given_an_account_that_LINE_detached_When_its_linkage_is_ended_too_Then_the_module_heard_detached_once()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.PostAsync(Word(shop, "detached", gateway.Clock.GetUtcNow()));
        while ((string?)(await module.Module.NextAsync("module"))["module"]!["type"] != "detached")
        {
        }

        await shop.SetStateAsync(module, LinkageState.Ended);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Heard(module).Count(what => what == "detached").ShouldBe(1);
    }

    [Fact]
    public async Task Given_an_attached_account_When_fewer_scopes_come_back_than_before_Then_a_linkage_may_do_less_and_is_told()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await AttachedAsync(shop, Granted);
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Attached(module).Last().Select(scope => (string?)scope).ShouldBe(Granted, ignoreOrder: true);
    }

    [Theory]
    [InlineData("detached attached", "attached")]
    [InlineData("attached detached", "detached")]
    public async Task Given_words_of_LINEs_that_overtook_each_other_When_the_older_one_comes_last_Then_the_younger_one_holds(string asTheyHappened, string state)
    {
        var shop = await gateway.NewShopAsync();
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(5));
        var now = gateway.Clock.GetUtcNow();
        var words = asTheyHappened.Split(' ').Select((word, i) => Word(shop, word, now + TimeSpan.FromSeconds(i))).ToArray();
        await shop.PostAsync(words[1]);
        await shop.PostAsync(words[0]);
        await gateway.RouteAsync();
        ((string?)(await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["connection"]).ShouldBe(state);
    }

    [Fact]
    public async Task Given_a_detach_a_moment_ago_When_the_owner_consents_again_at_once_Then_the_account_is_attached_and_LINEs_late_detached_changes_nothing()
    {
        var shop = await gateway.NewShopAsync();
        await gateway.AdvanceAsync(TimeSpan.FromMinutes(5));
        var detached = Word(shop, "detached", gateway.Clock.GetUtcNow());
        await shop.PostAsync((JsonObject)detached.DeepClone());
        await gateway.RouteAsync();
        await CallbackAsync(shop);
        detached["webhookEventId"] = Shop.NewEventId();
        await shop.PostAsync(detached);
        await gateway.RouteAsync();
        (await AccountAsync(shop)).Connection.ShouldBe(ConnectionState.Attached);
    }

    [Fact]
    public async Task Given_a_suspended_account_When_it_comes_back_Then_its_linkages_follow_and_modules_hear_LINEs_own_events()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        (await module.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        await shop.PostAsync(new JsonObject { ["type"] = "botSuspended", ["mode"] = "active" });
        var suspended = await module.Module.NextAsync("botSuspended");
        (suspended.ContainsKey("source"), suspended.ContainsKey("replyToken"), (string?)suspended["mode"]).ShouldBe((false, false, "active"));
        (await module.PushAsync(alice, "hello?")).Status.ShouldBe(HttpStatusCode.Forbidden);

        await gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        await shop.PostAsync(new JsonObject { ["type"] = "botResumed", ["mode"] = "active" });
        await module.Module.NextAsync("botResumed");
        (await module.PushAsync(alice, "hello again")).Status.ShouldBe(HttpStatusCode.OK); // Suspension only rests a hold.
    }

    [Fact]
    public async Task Given_a_deleted_account_When_LINE_erases_it_Then_modules_hear_detached_with_LINEs_reason_and_nothing_after_it()
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await shop.PostAsync(new JsonObject { ["type"] = "botSuspended", ["mode"] = "active" });
        await module.Module.NextAsync("botSuspended");
        module.Module.Before = got => got.Body.Contains("held up") ? mayAnswer.Task : Task.CompletedTask;
        await shop.WriteAsync("alice", "held up");
        await shop.WriteAsync("alice", "behind it");
        var deleted = Word(shop, "detached", gateway.Clock.GetUtcNow());
        deleted["module"]!["reason"] = "bot_deleted";
        await shop.PostAsync(deleted);
        var told = await module.Module.NextAsync("module");
        while ((string?)told["module"]!["type"] != "detached")
            told = await module.Module.NextAsync("module");
        ((string?)told["module"]!["reason"], (string?)told["module"]!["botId"]).ShouldBe(("bot_deleted", shop.Bot.ToString()));
        mayAnswer.SetResult();
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Heard(module).ShouldNotContain("behind it"); // What was still owed is cancelled.
        ((string?)(await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["connection"]).ShouldBe("detached");
    }

    [Fact]
    public async Task Given_a_held_chat_When_LINE_detaches_the_account_Then_the_hold_ends_and_after_a_new_attach_the_default_answers()
    {
        var shop = await gateway.NewShopAsync();
        var first = await shop.LinkAsync(answersFirst: true);
        var second = await shop.LinkAsync();
        await shop.WriteAsync("alice", "hello");
        await first.Module.NextAsync("message");
        var alice = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        (await second.AcquireAsync(alice)).Status.ShouldBe(HttpStatusCode.OK);
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        await shop.PostAsync(Word(shop, "detached", gateway.Clock.GetUtcNow()));
        await gateway.RouteAsync();
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        await shop.AttachAsync();
        await shop.WriteAsync("alice", "who answers?");
        await gateway.AdvanceAsync(TimeSpan.Zero);
        Mode(first, "who answers?").ShouldBe("active");
        Mode(second, "who answers?").ShouldBe("standby");
    }

    [Fact]
    public async Task Given_a_module_that_detaches_itself_When_it_does_Then_its_linkage_ends_and_the_connection_and_the_others_stay()
    {
        var shop = await gateway.NewShopAsync();
        var (leaving, staying) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        (await leaving.CallAsync(HttpMethod.Post, "/v2/bot/channel/detach", new { botId = shop.Bot.ToString() })).Status.ShouldBe(HttpStatusCode.OK);
        (await leaving.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await staying.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.OK);
        (await AccountAsync(shop)).Connection.ShouldBe(ConnectionState.Attached);
        gateway.Line.Calls.ShouldAllBe(call => call.Path != "/v2/bot/channel/detach");
    }

    private Task<AccountRow?> CallbackAsync(Shop shop) => gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx => gateway.Services.GetRequiredService<Connections>().Hear(
        tx, shop.Bot, ChannelId.Parse(GatewayHost.ModuleChannelId, null), new ConnectionWord(ConnectionState.Attached, null) { Scopes = Granted, IsConsent = true }));

    private async Task AttachedAsync(Shop shop, string[] scopes)
    {
        var word = Word(shop, "attached", gateway.Clock.GetUtcNow());
        word["module"]!["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]);
        await shop.PostAsync(word);
        await gateway.RouteAsync();
    }

    private static JsonObject Word(Shop shop, string what, DateTimeOffset at) => new()
    {
        ["type"] = "module",
        ["module"] = new JsonObject { ["type"] = what, ["botId"] = shop.Bot.ToString() },
        ["mode"] = "active",
        ["timestamp"] = at.ToUnixTimeMilliseconds(),
    };

    private async Task<AccountRow> AccountAsync(Shop shop) => (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Account(shop.Bot)))!;

    private static IEnumerable<JsonObject> Events(LinkedDouble module) => module.Module.All.SelectMany(got => got.Events);

    private static string[] Heard(LinkedDouble module) =>
        [.. Events(module).Select(one => (string?)one["module"]?["type"] ?? (string?)one["defaultActive"]?["state"] ?? (string?)one["message"]?["text"] ?? (string)one["type"]!)];

    private static IEnumerable<JsonArray> Attached(LinkedDouble module) => Events(module).Where(one => (string?)one["module"]?["type"] == "attached").Select(one => one["module"]!["scopes"]!.AsArray());

    private static string? Mode(LinkedDouble module, string text) => (string?)Events(module).Single(one => (string?)one["message"]?["text"] == text)["mode"];
}
