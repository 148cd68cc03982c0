using System.Net;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Control;

/// <summary>What ends a hold, what is left of it, and what is not: an unfollow that LINE could not deliver, a hold shorter than the time that it keeps others away.</summary>
public sealed class EndOfHoldTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();

    private delegate AcquireAnswer Decision(ChatControl control, IGatewayTransaction tx, AccountRow account, DateTimeOffset now);

    private Shop _shop = null!;
    private LinkedDouble _first = null!;
    private LinkedDouble _second = null!;
    private LinkedDouble _third = null!;

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        _shop = await _gateway.NewShopAsync();
        _first = await _shop.LinkAsync(answersFirst: true);
        _second = await _shop.LinkAsync();
        _third = await _shop.LinkAsync();
    }

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_a_hold_and_an_unfollow_that_never_arrived_When_the_customer_follows_again_Then_it_finds_none_and_the_loser_heard_it_first(bool isRedelivery)
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _second.Module.NextAsync("activated");
        await _first.Module.NextAsync("deactivated");
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(10));
        await FollowAsync("alice", _gateway.Clock.GetUtcNow(), isRedelivery);
        (await NextAsync(_second), await NextAsync(_second)).ShouldBe(("deactivated active", "follow standby"));
        (await NextAsync(_first), await NextAsync(_first)).ShouldBe(("activated active", "follow active"));
        (await _second.PushAsync(alice[_second], "no longer mine")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _first.PushAsync(alice[_first], "mine")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_follow_that_comes_late_When_a_module_has_acquired_since_it_happened_Then_the_hold_stays()
    {
        var alice = await MeetAsync("alice");
        var before = _gateway.Clock.GetUtcNow();
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _second.AcquireAsync(alice[_second], new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _second.Module.NextAsync("activated");
        await FollowAsync("alice", before);
        (await NextAsync(_second)).ShouldBe("follow active");
    }

    [Theory]
    [InlineData("group", 'C')]
    [InlineData("room", 'R')]
    public async Task Given_a_hold_and_a_leave_that_never_arrived_When_the_account_joins_again_Then_it_finds_none_and_the_default_answers(string kind, char letter)
    {
        var room = _shop.Room("book club", letter);
        await _shop.PostAsync(Join(kind, room));
        var atSecond = (string)(await _second.Module.NextAsync("join"))["source"]![kind + "Id"]!;
        (await _second.AcquireAsync(atSecond, new { expired = false })).Status.ShouldBe(HttpStatusCode.OK);
        await _second.Module.NextAsync("activated");
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _shop.PostAsync(Join(kind, room));
        (await NextAsync(_second), await NextAsync(_second)).ShouldBe(("deactivated active", "join standby"));
    }

    [Fact]
    public async Task Given_a_chat_given_back_to_LINEs_own_channel_When_the_unfollow_was_lost_and_the_customer_follows_again_Then_the_default_answers_and_LINE_is_asked_for_nothing_more()
    {
        var alice = await MeetAsync("alice");
        _gateway.Line.Answer = call => call.Path.EndsWith("/control/release", StringComparison.Ordinal) ? (500, """{"message":"not now"}""") : null;
        (await _first.ReleaseAsync(alice[_first])).Status.ShouldBe(HttpStatusCode.OK);
        await _first.Module.NextAsync("deactivated");
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        await FollowAsync("alice", _gateway.Clock.GetUtcNow());
        (await NextAsync(_first), await NextAsync(_first)).ShouldBe(("activated active", "follow active"));
        var chat = await _gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Chat(KeyOf("alice")));
        chat!.Errand.ShouldBeNull("the release that LINE had not agreed to is not wished any more");
    }

    [Fact]
    public async Task Given_a_hold_shorter_than_3_s_When_it_has_run_out_Then_another_still_gets_423_until_the_acquire_is_3_s_old()
    {
        await MeetAsync("alice");
        var second = TimeSpan.FromSeconds(1);
        (await InTurnAsync(
            At(0, (control, tx, account, now) => control.Acquire(tx, account, KeyOf("alice"), _second.Linkage, second, now)),
            At(1.0, (control, tx, account, now) => control.Acquire(tx, account, KeyOf("alice"), _third.Linkage, null, now)),
            At(2.9, (control, tx, account, now) => control.Acquire(tx, account, KeyOf("alice"), _first.Linkage, null, now)),
            At(2.9, (control, tx, account, now) => control.Acquire(tx, account, KeyOf("alice"), _second.Linkage, second, now)),
            At(5.8, (control, tx, account, now) => control.Acquire(tx, account, KeyOf("alice"), _third.Linkage, null, now)),
            At(5.9, (control, tx, account, now) => control.Acquire(tx, account, KeyOf("alice"), _third.Linkage, null, now))))
            .ShouldBe([AcquireAnswer.Granted, AcquireAnswer.JustTaken, AcquireAnswer.JustTaken, AcquireAnswer.Granted, AcquireAnswer.JustTaken, AcquireAnswer.Granted]);
    }

    [Fact]
    public async Task Given_a_short_hold_that_has_run_out_When_the_module_that_answers_first_releases_Then_the_acquire_of_the_other_still_counts()
    {
        await MeetAsync("alice");
        (await InTurnAsync(
            At(0, (control, tx, account, now) => control.Acquire(tx, account, KeyOf("alice"), _second.Linkage, TimeSpan.FromSeconds(1), now)),
            At(1.5, (control, tx, account, now) =>
            {
                control.Release(tx, account, KeyOf("alice"), _first.Linkage, now);
                return control.Acquire(tx, account, KeyOf("alice"), _third.Linkage, null, now);
            })))
            .ShouldBe([AcquireAnswer.Granted, AcquireAnswer.JustTaken], "not the one that acquired has released");
    }

    [Fact]
    public async Task Given_an_owner_who_gives_a_chat_back_When_its_acquire_is_under_3_s_old_Then_another_may_acquire()
    {
        var alice = await MeetAsync("alice");
        (await _second.AcquireAsync(alice[_second])).Status.ShouldBe(HttpStatusCode.OK);
        var handle = (string)(await _gateway.ManageAsync($"/management/accounts/{_shop.Bot}"))["openChats"]![0]!["handle"]!;
        await _gateway.ManageAsync(HttpMethod.Post, $"/management/accounts/{_shop.Bot}/give-back", new { chat = handle });
        (await _third.AcquireAsync(alice[_third])).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static (double Seconds, Decision Decide) At(double seconds, Decision decide) => (seconds, decide);

    private static async Task<string> NextAsync(LinkedDouble module)
    {
        var one = (await module.Module.NextAsync()).Events.ShouldHaveSingleItem();
        return $"{one["type"]} {one["mode"]}";
    }

    private static JsonObject Join(string kind, string room) =>
        new() { ["type"] = "join", ["mode"] = "active", ["replyToken"] = Guid.NewGuid().ToString("N"), ["source"] = new JsonObject { ["type"] = kind, [kind + "Id"] = room } };

    /// <summary>Decides one thing after another, so many seconds from now, in one work of the store: however slow the machine is.</summary>
    private Task<List<AcquireAnswer>> InTurnAsync(params (double Seconds, Decision Decide)[] turns)
    {
        var control = _gateway.Services.GetRequiredService<ChatControl>();
        return _gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            _ = tx.Control.Account(_shop.Bot);
            var begin = tx.Now;
            return turns.Select(turn => turn.Decide(control, tx, tx.Control.Account(_shop.Bot)!, begin + TimeSpan.FromSeconds(turn.Seconds))).ToList();
        });
    }

    private ChatKey KeyOf(string customer)
    {
        UpstreamId.LooksLikeId(System.Text.Encoding.ASCII.GetBytes(_shop.User(customer)), out var kind);
        return new ChatKey(_shop.Bot, kind, UpstreamId.Read(kind, System.Text.Encoding.ASCII.GetBytes(_shop.User(customer)), _shop.Bot).Bits);
    }

    private Task FollowAsync(string customer, DateTimeOffset at, bool isRedelivery = false) => _shop.PostAsync(new JsonObject
    {
        ["type"] = "follow",
        ["follow"] = new JsonObject { ["isUnblocked"] = true },
        ["mode"] = "active",
        ["replyToken"] = Guid.NewGuid().ToString("N"),
        ["source"] = new JsonObject { ["type"] = "user", ["userId"] = _shop.User(customer) },
        ["timestamp"] = at.ToUnixTimeMilliseconds(),
        ["deliveryContext"] = new JsonObject { ["isRedelivery"] = isRedelivery },
    });

    /// <summary>A customer writes once; what each module calls them.</summary>
    private async Task<Dictionary<LinkedDouble, string>> MeetAsync(string customer)
    {
        await _shop.WriteAsync(customer, "hello");
        var seen = new Dictionary<LinkedDouble, string>();
        foreach (var module in new[] { _first, _second, _third })
            seen[module] = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        return seen;
    }
}
