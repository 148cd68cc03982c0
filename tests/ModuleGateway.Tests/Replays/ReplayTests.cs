using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Journal;
using ModuleGateway.Replays;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Replays;

/// <summary>What was delivered, or given up, is sent once more when somebody asks: as it was, marked, in lanes of its own, at a bounded rate.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const int PerSecond = 3;
    private const int OwedMax = 4;

    private readonly GatewayHost _gateway = new()
    {
        Differs = builder => builder.Configuration.AddInMemoryCollection([new("Replay:PerSecond", $"{PerSecond}"), new("Replay:OwedMax", $"{OwedMax}")]),
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_delivered_event_When_it_is_replayed_Then_the_same_copy_comes_again_marked_with_its_mode_and_its_old_reply_token()
    {
        var shop = await _gateway.NewShopAsync();
        var (active, standby) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        var id = Shop.NewEventId();
        await shop.PostAsync(shop.Message("alice", "hello", replyToken: "t", id: id));
        var (first, other) = (await active.Module.NextAsync(), await standby.Module.NextAsync());
        await shop.AnswersFirstAsync(standby); // Control moved since: what was decided then stays.
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(2));

        await AskAsync(new { requestId = Guid.NewGuid(), webhookEventId = id });
        var (again, otherAgain) = (await active.Module.NextAsync("message"), await standby.Module.NextAsync("message"));
        again["deliveryContext"]!["isRedelivery"]!.GetValue<bool>().ShouldBeTrue();
        again["deliveryContext"]!["isRedelivery"] = false;
        again.ToJsonString().ShouldBe(first.Events[0].ToJsonString());
        ((string?)again["mode"]).ShouldBe("active");
        ((string?)otherAgain["mode"]).ShouldBe("standby");
        otherAgain["replyToken"].ShouldBeNull();
        ((string?)otherAgain["webhookEventId"]).ShouldBe((string?)other.Events[0]["webhookEventId"]);
        (await active.ReplyAsync((string)again["replyToken"]!, "too late")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await _gateway.AdvanceAsync(TimeSpan.Zero);

        var told = (await _gateway.ManageAsync($"/management/events/{id}"))["events"]![0]!["deliveries"]!.AsArray();
        told.Count(one => one!["replayId"] is not null).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_replay_that_was_asked_for_twice_When_it_is_over_Then_each_event_came_once_more_and_its_progress_says_so()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await WriteAsync(shop, module, "alice", 2);
        var request = new { requestId = Guid.NewGuid(), botId = shop.Bot.ToString(), chatId = shop.User("alice") };
        (await AskAsync(request)).Status.ShouldBe(HttpStatusCode.Accepted);
        (await AskAsync(request)).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(new { request.requestId, botId = shop.Bot.ToString() })).Status.ShouldBe(HttpStatusCode.Conflict);

        TextOf(await module.Module.NextAsync("message")).ShouldBe("alice 0");
        TextOf(await module.Module.NextAsync("message")).ShouldBe("alice 1");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var told = await _gateway.ManageAsync($"/management/replays/{request.requestId}");
        ((string?)told["state"], (long)told["found"]!, (long)told["delivered"]!, (double)told["lookedThrough"]!).ShouldBe(("done", 2, 2, 1.0));
        Messages(module).Count().ShouldBe(4);
    }

    [Fact]
    public async Task Given_a_message_that_a_replay_has_found_When_it_is_taken_back_before_the_replay_owes_it_Then_it_is_not_owed()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var message = shop.Message("alice", "my secret");
        await shop.PostAsync(message);
        await module.Module.NextAsync("message");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var store = _gateway.Services.GetRequiredService<IGatewayStore>();
        var request = Guid.NewGuid();
        var (replay, found) = await store.WriteAsync(tx =>
        {
            tx.Replays.Add(request, new ReplayChoice(shop.Bot, null, null, null, (string)message["webhookEventId"]!, null, null, false), tx.Now + TimeSpan.FromHours(1), tx.Deliveries.LastId()); // Later than now: the worker leaves it to us.
            var added = tx.Replays.Find(request)!;
            return (added, tx.Replays.Next(added, 0, added.LastDelivery, 10));
        });
        found.ShouldHaveSingleItem();
        await shop.PostAsync(new JsonObject
        {
            ["type"] = "unsend",
            ["unsend"] = new JsonObject { ["messageId"] = (string)message["message"]!["id"]! },
            ["source"] = new JsonObject { ["type"] = "user", ["userId"] = shop.User("alice") },
            ["mode"] = "active",
        });
        await module.Module.NextAsync("unsend");

        (await store.WriteAsync(tx => ReplayWorker.Take(tx, replay, replay.LastDelivery, found))).ShouldBeTrue();
        (await store.ReadAsync(tx => tx.Replays.Counts(replay.Id))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_more_than_goes_in_a_second_When_a_replay_runs_Then_it_takes_up_so_many_a_second_in_the_chats_order()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await WriteAsync(shop, module, "alice", PerSecond + 1);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var asked = _gateway.Clock.GetUtcNow();
        await AskAsync(new { requestId = Guid.NewGuid(), linkageId = module.Linkage.Value });
        for (var i = 0; i < PerSecond + 1; i++)
            TextOf(await module.Module.NextAsync("message")).ShouldBe($"alice {i}");
        (_gateway.Clock.GetUtcNow() - asked).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.99));
    }

    [Fact]
    public async Task Given_a_replay_that_hangs_When_the_customer_of_its_chat_writes_Then_the_message_does_not_wait_for_it_and_no_more_is_taken_up_than_may_wait()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await WriteAsync(shop, module, "alice", 2 * PerSecond);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var hanging = new TaskCompletionSource();
        module.Module.Before = got => got.Body.Contains("\"alice 0\"") ? hanging.Task : Task.CompletedTask;
        var request = Guid.NewGuid();
        await AskAsync(new { requestId = request, linkageId = module.Linkage.Value });
        TextOf(await module.Module.NextAsync("message")).ShouldBe("alice 0");
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await shop.WriteAsync("alice", "now");
        TextOf(await module.Module.NextAsync("message")).ShouldBe("now");
        ((long)(await _gateway.ManageAsync($"/management/replays/{request}"))["owed"]!).ShouldBeLessThanOrEqualTo(OwedMax);
        hanging.SetResult();
        for (var i = 1; i < 2 * PerSecond; i++)
            TextOf(await module.Module.NextAsync("message")).ShouldBe($"alice {i}");
    }

    [Fact]
    public async Task Given_times_a_module_and_a_chat_When_a_replay_names_them_Then_only_what_they_all_fit_comes_again()
    {
        var shop = await _gateway.NewShopAsync();
        var (module, other) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await WriteAsync(shop, module, "early", 1);
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(10));
        var from = _gateway.Clock.GetUtcNow();
        await WriteAsync(shop, module, "alice", 1);
        await WriteAsync(shop, module, "bob", 1);
        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(10));
        var to = _gateway.Clock.GetUtcNow();
        await WriteAsync(shop, module, "late", 1);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var before = (Messages(module).Count(), Messages(other).Count());

        var request = Guid.NewGuid();
        var moduleId = (string?)(await _gateway.ManageAsync($"/management/deliveries/{Messages(module).First().Headers["x-delivery-id"]}"))["events"]![0]!["deliveries"]!.AsArray()
            .Single(one => (Guid)one!["linkageId"]! == module.Linkage.Value)!["moduleId"]!.ToString();
        await AskAsync(new { requestId = request, moduleId, from, to });
        string?[] came = [TextOf(await module.Module.NextAsync("message")), TextOf(await module.Module.NextAsync("message"))];
        came.ShouldBe(["alice 0", "bob 0"], ignoreOrder: true); // Two chats: each for itself.
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        (Messages(module).Count(), Messages(other).Count()).ShouldBe((before.Item1 + 2, before.Item2));
    }

    [Fact]
    public async Task Given_a_replay_on_its_way_When_it_is_cancelled_Then_nothing_more_of_it_comes()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await WriteAsync(shop, module, "alice", 2 * PerSecond);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var hanging = new TaskCompletionSource();
        module.Module.Before = _ => hanging.Task;
        var request = Guid.NewGuid();
        await AskAsync(new { requestId = request, linkageId = module.Linkage.Value });
        TextOf(await module.Module.NextAsync("message")).ShouldBe("alice 0");
        var told = (await _gateway.ManageAsync(HttpMethod.Delete, $"/management/replays/{request}"))!;
        ((string?)told["state"], (long)told["cancelled"]!).ShouldBe(("cancelled", PerSecond));
        hanging.SetResult();
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(2));
        await shop.WriteAsync("bob", "after");
        TextOf(await module.Module.NextAsync("message")).ShouldBe("after");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        Messages(module).Count().ShouldBe(2 * PerSecond + 2); // Beside the first round: what was on its way, and what was written after.
        (await _gateway.RefusedAsync(HttpMethod.Delete, $"/management/replays/{Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_message_that_was_taken_back_or_let_go_while_a_replay_took_it_up_When_its_lane_comes_to_it_Then_it_is_passed_over_and_what_is_behind_it_comes()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await WriteAsync(shop, module, "alice", 2);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var store = _gateway.Services.GetRequiredService<IGatewayStore>();
        await store.WriteAsync(tx =>
        {
            var (second, first) = (tx.Events.LastSeq(), tx.Events.LastSeq() - 1);
            tx.Events.Blank(first);
            var was = tx.History.Deliveries(second, 1)[0];
            foreach (var seq in (long[])[first, second + 1000, second])
                tx.Deliveries.Add(new NewDelivery(seq, was.Linkage, was.Chat, Guid.NewGuid(), was.IsActive, was.Epoch) { Replay = 1_000_000 });
            return true;
        });
        TextOf(await module.Module.NextAsync("message")).ShouldBe("alice 1");
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        (await store.ReadAsync(tx => tx.Replays.Counts(1_000_000))).ShouldBe(new Dictionary<DeliveryState, long> { [DeliveryState.Delivered] = 1, [DeliveryState.Cancelled] = 2 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Given_dead_letters_beside_what_was_delivered_When_only_they_are_replayed_Then_only_they_come_again()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await WriteAsync(shop, module, "alice", 1);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        module.Module.Status = got => got.Body.Contains("\"poison\"") ? 500 : 200;
        await shop.WriteAsync("bob", "poison");
        await module.Module.NextAsync();
        await _gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx => tx.Deliveries.Bury(module.Linkage, 100));
        module.Module.Status = _ => 200;
        await AskAsync(new { requestId = Guid.NewGuid(), linkageId = module.Linkage.Value, onlyDead = true });
        TextOf(await module.Module.NextAsync("message")).ShouldBe("poison");
        Messages(module).Count(got => got.Body.Contains("alice 0")).ShouldBe(1);
    }

    [Theory]
    [InlineData("{}", "requestId is missing")]
    [InlineData("""{"requestId":"0193c2d0-0000-7000-8000-000000000001"}""", "at least one is expected")]
    [InlineData("""{"requestId":"0193c2d0-0000-7000-8000-000000000001","botId":"U1"}""", "no Bot ID")]
    [InlineData("""{"requestId":"0193c2d0-0000-7000-8000-000000000001","botId":"U00000000000000000000000000000001","chatId":"U2"}""", "no chat of this account")]
    [InlineData("""{"requestId":"0193c2d0-0000-7000-8000-000000000001","webhookEventId":"01","chatId":"U2"}""", "chatId needs botId")]
    [InlineData("""{"requestId":"0193c2d0-0000-7000-8000-000000000001","webhookEventId":"01","from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "from must be before to")]
    public async Task Given_a_replay_that_says_too_little_When_it_is_asked_for_Then_it_is_refused_in_one_sentence(string body, string sentence)
    {
        var (status, answer) = await AskAsync(JsonNode.Parse(body)!);
        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)answer["message"]).ShouldNotBeNull().ShouldContain(sentence);
    }

    private static IEnumerable<Got> Messages(LinkedDouble module) => module.Module.All.Where(got => got.Events.Any(one => (string?)one["type"] == "message"));

    private static string? TextOf(JsonObject message) => (string?)message["message"]!["text"];

    private static async Task WriteAsync(Shop shop, LinkedDouble module, string user, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await shop.WriteAsync(user, $"{user} {i}");
            await module.Module.NextAsync("message");
        }
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync(object body)
    {
        await _gateway.AdvanceAsync(TimeSpan.Zero); // What it is to find is delivered and recorded.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/management/replays") { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {GatewayHost.ManagementKey}");
        using var answer = await _gateway.Http.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
