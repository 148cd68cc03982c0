using System.Net;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Control;

public sealed class ControlTests
{
    [Fact]
    public async Task Given_a_module_on_standby_When_it_acquires_Then_it_is_active_until_the_ttl_ends_and_then_silently_not()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host, isDefaultActive: false);
        var chat = await shop.UserIdAsync();
        var before = await host.NowAsync();

        var answer = await shop.PostAsync($"/v2/bot/chat/{chat}/control/acquire", new { ttl = 600 });

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Text.ShouldBe("{}");
        var activated = await shop.Module.NextAsync("activated");
        activated.UserId.ShouldBe(chat);
        activated.Mode.ShouldBe("active");
        activated.ReplyToken.ShouldBeNull();
        var expireAt = DateTimeOffset.FromUnixTimeMilliseconds(activated.Event.GetProperty("chatControl").GetProperty("expireAt").GetInt64());
        (expireAt - before).ShouldBeInRange(TimeSpan.FromSeconds(599), TimeSpan.FromSeconds(630));
        await shop.WriteAsync("mine");
        (await shop.Module.NextAsync("message")).Mode.ShouldBe("active");

        await host.MoveClockAsync(TimeSpan.FromSeconds(631));
        await shop.WriteAsync("no longer mine");
        (await shop.Module.NextAsync("message")).Mode.ShouldBe("standby"); // And no deactivated came before it.
    }

    [Fact]
    public async Task Given_an_acquire_without_a_time_limit_When_a_year_has_passed_Then_the_module_is_still_active_and_heard_no_expireAt()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host, isDefaultActive: false);

        await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/acquire", new { expired = false, ttl = 1 });
        (await shop.Module.NextAsync("activated")).Event.GetProperty("chatControl").TryGetProperty("expireAt", out _).ShouldBeFalse();
        await host.MoveClockAsync(TimeSpan.FromDays(365));

        await shop.WriteAsync("still yours");
        (await shop.Module.NextAsync("message")).Mode.ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_Default_Active_module_When_another_acquires_and_releases_Then_the_chat_goes_to_the_primary_channel()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await using var second = await SecondModuleAsync(host, shop);
        var chat = await UserIdAsync(host, shop, second);

        (await second.CallAsync(HttpMethod.Post, $"/v2/bot/chat/{chat}/control/acquire", botId: shop.BotId)).Status.ShouldBe(HttpStatusCode.OK);
        await shop.Module.NextAsync("deactivated");
        await second.Module.NextAsync("activated");
        await shop.WriteAsync("to the second");
        (await shop.Module.NextAsync("message")).Mode.ShouldBe("standby");
        (await second.Module.NextAsync("message")).Mode.ShouldBe("active");

        (await second.CallAsync(HttpMethod.Post, $"/v2/bot/chat/{chat}/control/release", botId: shop.BotId)).Status.ShouldBe(HttpStatusCode.OK);
        await second.Module.NextAsync("deactivated");
        await shop.WriteAsync("to nobody of these");
        (await shop.Module.NextAsync("message")).Mode.ShouldBe("standby"); // LINE's literal wording: the primary channel, not the default.
        (await second.Module.NextAsync("message")).Mode.ShouldBe("standby");
    }

    [Fact]
    public async Task Given_a_chat_was_just_acquired_When_another_module_acquires_Then_423_for_three_seconds()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host, isDefaultActive: false);
        await using var second = await SecondModuleAsync(host, shop);
        var chat = await UserIdAsync(host, shop, second);
        await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/acquire");
        await host.MoveClockAsync(TimeSpan.FromSeconds(1));

        // The machine's own time passes too: only the refusal within the window is certain, so the test moves far beyond it afterwards.
        var refused = await second.CallAsync(HttpMethod.Post, $"/v2/bot/chat/{chat}/control/acquire", botId: shop.BotId);
        await host.MoveClockAsync(TimeSpan.FromSeconds(3));
        var granted = await second.CallAsync(HttpMethod.Post, $"/v2/bot/chat/{chat}/control/acquire", botId: shop.BotId);

        refused.ShouldBeRefused((HttpStatusCode)423, "Locked");
        granted.Status.ShouldBe(HttpStatusCode.OK);
        await shop.Module.NextAsync("activated");
        await shop.Module.NextAsync("deactivated");
    }

    [Fact]
    public async Task Given_chats_that_cannot_be_had_When_the_module_acquires_Then_400_or_404()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await shop.BlockAsync();

        (await shop.PostAsync("/v2/bot/chat/nonsense/control/acquire")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'chatId' parameter is invalid");
        (await shop.PostAsync("/v2/bot/chat/nonsense/control/release")).ShouldBeRefused(HttpStatusCode.BadRequest, "The value for the 'chatId' parameter is invalid");
        (await shop.PostAsync($"/v2/bot/chat/C{new string('a', 32)}/control/acquire")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/acquire")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found"); // No friend any more.
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31_536_001)]
    public async Task Given_a_ttl_out_of_range_When_the_module_acquires_Then_400(int ttl)
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);

        (await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/acquire", new { ttl })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Given_a_released_chat_When_the_person_blocks_and_adds_the_account_again_Then_the_default_is_active_and_no_control_event_is_sent()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/release");
        await shop.Module.NextAsync("deactivated");

        await shop.BlockAsync();
        await shop.FollowAsync();

        (await shop.Module.NextAsync("unfollow")).Mode.ShouldBe("standby");
        var follow = await shop.Module.NextAsync("follow");
        follow.Mode.ShouldBe("active");
        follow.ReplyToken.ShouldNotBeNull();
        follow.Event.GetProperty("follow").GetProperty("isUnblocked").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_module_that_is_not_active_When_it_releases_Then_200_and_nothing_changes()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        await using var second = await SecondModuleAsync(host, shop);

        (await second.CallAsync(HttpMethod.Post, $"/v2/bot/chat/{await UserIdAsync(host, shop, second)}/control/release", botId: shop.BotId)).Status.ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("hello");

        (await shop.Module.NextAsync("message")).Mode.ShouldBe("active");
        (await second.Module.NextAsync("message")).Mode.ShouldBe("standby");
    }

    [Fact]
    public async Task Given_expiry_goes_to_the_default_When_a_hold_ends_Then_the_Default_Active_module_answers_again()
    {
        await using var host = await SandboxHost.StartAsync(("Sandbox:Control:ReturnsTo", "Default"));
        await using var shop = await Shop.OpenAsync(host);
        await using var second = await SecondModuleAsync(host, shop);
        await second.CallAsync(HttpMethod.Post, $"/v2/bot/chat/{await UserIdAsync(host, shop, second)}/control/acquire", new { ttl = 60 }, botId: shop.BotId);
        await shop.Module.NextAsync("deactivated");

        await host.MoveClockAsync(TimeSpan.FromSeconds(61));
        await shop.WriteAsync("hello");

        (await shop.Module.NextAsync("message")).Mode.ShouldBe("active");
    }

    [Fact]
    public async Task Given_a_released_chat_and_a_built_in_primary_bot_When_the_person_writes_Then_the_bot_answers()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var shop = await Shop.OpenAsync(host);
        var primary = await host.PostAsync($"/sandbox/api/accounts/{shop.BotId}/primary", new { answer = "我們很快回覆您" });
        await shop.PostAsync($"/v2/bot/chat/{await shop.UserIdAsync()}/control/release");
        var (response, items) = await EventStream.OpenAsync(host, $"{shop.Chat}/stream?after=0");
        using var stream = response;

        await shop.WriteAsync("hello");

        while (await items.MoveNextAsync().AsTask().WaitAsync(WebhookRecorder.Limit) && !items.Current.Data.Contains("我們很快回覆您", StringComparison.Ordinal))
            items.Current.Data.ShouldNotContain("\"account\"");
        var received = await host.GetAsync($"/sandbox/api/channels/{primary.GetProperty("channelId").GetString()}/received");
        received[0].GetProperty("mode").GetString().ShouldBe("active");
    }

    /// <summary>A module without Default Active, attached to the same account.</summary>
    private static async Task<Shop> SecondModuleAsync(SandboxHost host, Shop shop)
    {
        var second = await Shop.NewAsync(host, isDefaultActive: false);
        await second.AttachToAsync(shop);
        await second.Module.NextAsync("module");
        return second;
    }

    private static async Task<string> UserIdAsync(SandboxHost host, Shop shop, Shop module) =>
        (await host.GetAsync($"/sandbox/api/channels/{module.ChannelId}/user-id?botId={shop.BotId}&personId={shop.PersonId}")).GetProperty("userId").GetString()!;
}
