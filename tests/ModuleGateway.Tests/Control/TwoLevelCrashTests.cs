using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Facade;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Control;

/// <summary>The process dies at each point of a hand-over that LINE takes part in; afterwards both levels agree again, and nobody is locked out.</summary>
public sealed class TwoLevelCrashTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new();
    private Shop _shop = null!;
    private LinkedDouble _first = null!;
    private LinkedDouble _second = null!;

    private DyingStore Store => (DyingStore)_gateway.Services.GetRequiredService<IGatewayStore>();

    public async Task InitializeAsync()
    {
        _gateway.Differs = builder => builder.Services.AddSingleton<IGatewayStore>(provider => new DyingStore(GatewayApp.OpenStore(provider)));
        await _gateway.InitializeAsync();
        _shop = await _gateway.NewShopAsync();
        _first = await _shop.LinkAsync(answersFirst: true);
        _second = await _shop.LinkAsync();
    }

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(1, false, false)] // Before the chat is reserved: LINE is never asked.
    [InlineData(1, true, false)] // Reserved, and LINE is never asked.
    [InlineData(2, false, true)] // LINE gave the chat, and nobody here knows.
    [InlineData(2, true, true)] // Taken at both levels, and the module never hears it.
    public async Task Given_a_module_that_acquires_at_LINE_When_the_process_dies_on_the_way_Then_LINEs_word_decides_and_it_may_acquire_again(int write, bool isKept, bool wasAsked)
    {
        await _shop.WriteAsync("alice", "hello", mode: "standby");
        var (atFirst, atSecond) = (await ChatAsync(_first), await ChatAsync(_second));

        Store.DieAt(typeof(ChatControlCalls), write, isKept);
        (await _second.AcquireAsync(atSecond)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await RestartAsync();
        _gateway.Line.Calls.Any(IsAcquire).ShouldBe(wasAsked);

        // LINE tells what it did, and the customer writes on.
        if (wasAsked)
            await _shop.PostAsync(Notice("activated"));
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(6)); // Longer than a reservation stands.
        await _shop.WriteAsync("alice", "anybody?", mode: wasAsked ? "active" : "standby");
        var modes = new[] { await ModeAsync(_first, "anybody?"), await ModeAsync(_second, "anybody?") };
        modes.Count(mode => mode == "active").ShouldBe(wasAsked ? 1 : 0);

        (await _second.AcquireAsync(atSecond)).Status.ShouldBe(HttpStatusCode.OK);
        (await _second.PushAsync(atSecond, "mine")).Status.ShouldBe(HttpStatusCode.OK);
        (await _first.PushAsync(atFirst, "not mine")).Status.ShouldBe(HttpStatusCode.Forbidden);
        IsAcquire(_gateway.Line.Calls.Last(call => IsAcquire(call) || IsRelease(call))).ShouldBeTrue("the chat is ours at LINE too");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_a_default_active_module_that_releases_When_the_process_dies_Then_either_nothing_happened_or_LINE_hears_of_it_after_the_restart(bool isKept)
    {
        await _shop.WriteAsync("alice", "hello");
        var atFirst = await ChatAsync(_first);
        Store.DieAt(typeof(ChatControlCalls), 1, isKept);
        (await _first.ReleaseAsync(atFirst)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await RestartAsync();

        if (!isKept)
        {
            (await _first.PushAsync(atFirst, "still mine")).Status.ShouldBe(HttpStatusCode.OK);
            _gateway.Line.Calls.ShouldNotContain(call => IsRelease(call));
            return;
        }

        await _gateway.Line.CalledAsync(IsRelease);
        (await _first.PushAsync(atFirst, "given back")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(1, false, 1)] // Before it is claimed.
    [InlineData(1, true, 1)] // Claimed, and LINE is never asked: due again when a call would have ended.
    [InlineData(2, false, 2)] // LINE was told, and nobody here knows: told again, which LINE takes as it took the first.
    [InlineData(2, true, 1)] // LINE was told and it is written down.
    public async Task Given_a_release_that_LINE_is_owed_When_the_process_dies_while_LINE_is_told_Then_LINE_hears_it_and_both_agree(int write, bool isKept, int told)
    {
        await _shop.WriteAsync("alice", "hello");
        var atFirst = await ChatAsync(_first);
        Store.DieAt(typeof(ErrandWorker), write, isKept);
        (await _first.ReleaseAsync(atFirst)).Status.ShouldBe(HttpStatusCode.OK);
        await Store.DiedAsync;
        await RestartAsync();

        var heard = _gateway.Line.Calls.Count(IsRelease);
        var again = _gateway.Line.CalledAsync(IsRelease, told);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(20)); // Longer than a claim stands.
        await again;
        heard.ShouldBeLessThanOrEqualTo(told);
        await _shop.PostAsync(Notice("deactivated"));
        await _shop.WriteAsync("alice", "who is there?", mode: "standby");
        (await ModeAsync(_first, "who is there?")).ShouldBe("standby");
        (await ModeAsync(_second, "who is there?")).ShouldBe("standby");
        (await _first.AcquireAsync(atFirst)).Status.ShouldBe(HttpStatusCode.OK);
        (await _first.PushAsync(atFirst, "mine again")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Another process takes over where the dead one was.</summary>
    private async Task RestartAsync()
    {
        Store.IsDead.ShouldBeTrue();
        await _gateway.StopAsync();
        await _gateway.StartAsync();
    }

    private static async Task<string> ChatAsync(LinkedDouble module) => (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;

    private static async Task<string?> ModeAsync(LinkedDouble module, string text)
    {
        JsonObject got;
        do
        {
            got = await module.Module.NextAsync("message");
        }
        while ((string?)got["message"]!["text"] != text);
        return (string?)got["mode"];
    }

    private JsonObject Notice(string type) => new()
    {
        ["type"] = type,
        ["mode"] = "active",
        ["source"] = new JsonObject { ["type"] = "user", ["userId"] = _shop.User("alice") },
    };

    private bool IsAcquire(LineCall call) => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/acquire";

    private bool IsRelease(LineCall call) => call.Path == $"/v2/bot/chat/{_shop.User("alice")}/control/release";
}
