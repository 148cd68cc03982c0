using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Tenancy;

namespace ModuleGateway.Tests.Management;

/// <summary>What a watcher of the live tail can follow: who was active and why, what each module got, and every change of hands.</summary>
public sealed class LiveTailTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new()
    {
        Differs = builder => builder.Configuration.AddInMemoryCollection([new("Management:LiveTail", "true")]),
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_an_event_When_it_is_routed_and_delivered_Then_the_tail_says_who_was_active_why_LINEs_side_and_what_each_module_got()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await using var tail = await TailAsync(shop);
        await shop.WriteAsync("alice", "hello");

        var routed = await tail.NextAsync("routed");
        ((string?)routed["active"]).ShouldBe(NameOf(first));
        ((string?)routed["because"]).ShouldBe("default");
        ((string?)routed["lineSide"]).ShouldBe("active");
        var copies = new[] { await tail.NextAsync("delivered", "message"), await tail.NextAsync("delivered", "message") }.ToDictionary(entry => (string)entry["module"]!);
        var (active, standby) = (copies[NameOf(first)], copies[NameOf(second)]);
        ((bool?)active["hasReplyToken"], (string?)active["mode"], (int?)active["status"]).ShouldBe((true, "active", 200));
        ((bool?)standby["hasReplyToken"], (string?)standby["mode"]).ShouldBe((false, "standby"));
        ((string?)standby["seenAs"]).ShouldNotBe((string?)active["seenAs"], "each sees the customer under an id of its own");
        ((long?)active["epoch"]).ShouldBe((long?)routed["epoch"]);
    }

    [Fact]
    public async Task Given_a_chat_that_is_taken_and_runs_out_When_control_moves_Then_the_tail_says_who_lost_and_who_gained_and_the_epochs()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        await using var tail = await TailAsync(shop);

        (await second.AcquireAsync(alice, new { expired = true, ttl = 60 })).Status.ShouldBe(HttpStatusCode.OK);
        var taken = await tail.NextAsync("moved");
        ((string?)taken["lost"], (string?)taken["active"], (string?)taken["because"], (bool?)taken["isExpiry"]).ShouldBe((NameOf(first), NameOf(second), "held", false));
        taken["until"].ShouldNotBeNull();
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(61));
        var expired = await tail.NextAsync("moved");

        ((string?)expired["lost"], (string?)expired["active"], (string?)expired["because"], (bool?)expired["isExpiry"]).ShouldBe((NameOf(second), NameOf(first), "default", true));
        ((long)expired["epoch"]!).ShouldBe((long)taken["epoch"]! + 1);
    }

    [Fact]
    public async Task Given_an_account_with_a_channel_of_its_own_When_its_chat_is_told_of_Then_the_tail_calls_it_as_LINE_does()
    {
        var shop = await _gateway.NewOwnChannelShopAsync();
        var (first, second) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await using var tail = await TailAsync(shop);
        await shop.WriteAsync("alice", "hello");
        var alice = shop.User("alice");
        ((string?)(await tail.NextAsync("routed"))["chatId"]).ShouldBe(alice);

        await second.AcquireAsync((string)(await second.Module.NextAsync("message"))["source"]!["userId"]!);
        var moved = await tail.NextAsync("moved");
        ((string?)moved["chatId"], (string?)moved["lost"], (string?)moved["active"]).ShouldBe((alice, NameOf(first), NameOf(second)));
        ((string?)(await tail.NextAsync("delivered", "activated"))["chatId"]).ShouldBe(alice);
    }

    [Fact]
    public async Task Given_a_chat_of_an_accounts_own_channel_When_it_moves_before_anybody_wrote_to_the_watcher_Then_the_tail_calls_it_as_LINE_does()
    {
        var shop = await _gateway.NewOwnChannelShopAsync();
        var (_, second) = (await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
        await shop.WriteAsync("alice", "hello");
        var seen = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        await using var tail = await TailAsync(shop);
        await second.AcquireAsync(seen);
        ((string?)(await tail.NextAsync("moved"))["chatId"]).ShouldBe(shop.User("alice"));
    }

    [Fact]
    public async Task Given_another_first_answerer_When_the_owner_chooses_it_Then_the_tail_says_so_once_for_the_account()
    {
        var (shop, first, second) = await TwoModulesAsync();
        await using var tail = await TailAsync(shop);
        await shop.AnswersFirstAsync(second);
        var moved = await tail.NextAsync("moved");
        ((string?)moved["lost"], (string?)moved["active"], (string?)moved["chatId"]).ShouldBe((NameOf(first), NameOf(second), null));
    }

    [Fact]
    public async Task Given_a_module_on_standby_When_it_pushes_Then_the_tail_says_why_it_was_refused()
    {
        var (shop, _, second) = await TwoModulesAsync();
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        await using var tail = await TailAsync(shop);
        await second.PushAsync(alice, "may I?");
        var call = await tail.NextAsync("call");
        ((int?)call["status"], (string?)call["refusal"]).ShouldBe((403, "This module is on standby in this chat. Acquire control first."));
    }

    [Fact]
    public async Task Given_a_call_that_is_refused_before_its_chat_is_looked_at_When_it_is_answered_Then_the_accounts_tail_says_so_and_no_strangers_call()
    {
        var (shop, _, second) = await TwoModulesAsync();
        var stranger = await (await _gateway.NewShopAsync()).LinkAsync();
        await shop.SetStateAsync(second, LinkageState.Paused);
        await using var tail = await TailAsync(shop);
        (await stranger.CallAsync(HttpMethod.Get, "/v2/bot/info", bot: shop.Bot)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await second.CallAsync(HttpMethod.Post, "/v2/bot/message/push", new { to = "nobody" })).Status.ShouldBe(HttpStatusCode.Forbidden);

        var call = await tail.NextAsync("call");
        ((string?)call["module"], (string?)call["path"], (string?)call["chatId"], (int?)call["status"]).ShouldBe((NameOf(second), "/v2/bot/message/push", null, 403));
        ((string?)call["refusal"]).ShouldEndWith("Your module is paused there by its owner.");
    }

    [Theory]
    [InlineData("/v2/bot/message/push", "no-uuid", "application/json", 2, 400)]
    [InlineData("/v2/bot/message/reply", "e0d5ea05-2ab4-4e5b-9a37-0b8a3a3f9a11", "application/json", 2, 400)]
    [InlineData("/v2/bot/message/push", null, "text/plain", 2, 400)]
    [InlineData("/v2/bot/message/push", null, "application/json", 3_000_000, 413)]
    public async Task Given_a_call_whose_form_is_refused_When_it_is_answered_Then_the_accounts_tail_says_so(string path, string? retryKey, string contentType, int length, int status)
    {
        var (shop, module, _) = await TwoModulesAsync();
        await using var tail = await TailAsync(shop);
        using var body = new StringContent("{}" + new string(' ', length - 2), System.Text.Encoding.UTF8, contentType);
        using var answer = await module.RequestAsync(HttpMethod.Post, path, body, retryKey is null ? [] : [("X-Line-Retry-Key", retryKey)]);
        ((int)answer.StatusCode).ShouldBe(status);

        var call = await tail.NextAsync("call");
        ((string?)call["module"], (string?)call["path"], (int?)call["status"]).ShouldBe((NameOf(module), path, status));
        ((string?)call["refusal"]).ShouldNotBeNullOrEmpty();
    }

    private static string NameOf(LinkedDouble linked) => "Module " + linked.Channel;

    private async Task<(Shop Shop, LinkedDouble First, LinkedDouble Second)> TwoModulesAsync()
    {
        var shop = await _gateway.NewShopAsync();
        return (shop, await shop.LinkAsync(answersFirst: true), await shop.LinkAsync());
    }

    private async Task<Tail> TailAsync(Shop shop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/management/tail?botId={shop.Bot}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {GatewayHost.ManagementKey}");
        return await Tail.OpenAsync(await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    private sealed class Tail(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        private readonly List<JsonObject> _passed = []; // A fast delivery may be told of before its routing is.

        public static async Task<Tail> OpenAsync(HttpResponseMessage response) =>
            new(response, SseParser.Create(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());

        /// <param name="eventType">Null: any, also what the linkages are told of themselves.</param>
        public async Task<JsonObject> NextAsync(string kind, string? eventType = null)
        {
            bool IsMeant(JsonObject entry) => (string?)entry["kind"] == kind && (eventType is null || (string?)entry["eventType"] == eventType);
            if (_passed.FirstOrDefault(IsMeant) is { } passed)
            {
                _passed.Remove(passed);
                return passed;
            }

            while (await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)))
            {
                var entry = (JsonObject)JsonNode.Parse(items.Current.Data)!;
                if (IsMeant(entry))
                    return entry;
                _passed.Add(entry);
            }

            throw new InvalidOperationException($"The tail ended before '{kind}'.");
        }

        public async ValueTask DisposeAsync()
        {
            response.Dispose();
            await items.DisposeAsync();
        }
    }
}
