using System.Net;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>How an account leaves its own channel: removed, taken over by a consent, or left behind by a crash.</summary>
public sealed class OwnChannelEndTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_connected_channel_When_it_is_removed_Then_its_webhooks_go_where_they_went_before_and_its_modules_are_told()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var channel = (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["ownChannel"]!;
        ((string?)channel["channelId"], (string?)channel["webhookUrlBefore"]).ShouldBe((shop.OwnChannel!.Id, "https://before.example/webhook"));
        await gateway.ManageAsync(HttpMethod.Delete, $"/management/channels/{shop.OwnChannel.Id}");
        shop.OwnChannel.Endpoint.ShouldBe("https://before.example/webhook");
        await DetachedAsync(module);
        ((string?)(await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["connection"]).ShouldBe("detached");
        (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["ownChannel"].ShouldBeNull();
        (await module.CallAsync(HttpMethod.Get, "/v2/bot/info")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await gateway.PostWebhookAsync($$"""{"destination":"{{shop.Bot}}","events":[]}""", shop.OwnChannel.Id, shop.OwnChannel.Secret)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_an_address_that_somebody_changed_at_LINE_When_the_channel_is_removed_Then_it_is_left_alone()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        shop.OwnChannel!.Endpoint = "https://elsewhere.example/webhook";
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/channels/{shop.OwnChannel.Id}/check")).Code.ShouldBe("otherAddress");
        await gateway.ManageAsync(HttpMethod.Delete, $"/management/channels/{shop.OwnChannel.Id}");
        shop.OwnChannel.Endpoint.ShouldBe("https://elsewhere.example/webhook");
        (await gateway.RefusedAsync(HttpMethod.Get, $"/management/channels/{shop.OwnChannel.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_an_account_on_its_own_channel_When_the_Module_Channel_is_attached_Then_it_takes_over_and_the_old_channels_events_are_of_a_foreign_channel()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var channel = shop.OwnChannel!;
        var module = await shop.LinkAsync(answersFirst: true);
        var (isAway, refused) = (true, 0);
        var askedInVain = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Line.Answer = call =>
        {
            if (call.OwnChannel != channel.Id || call.Path != LineDouble.EndpointPath || !isAway)
                return null;
            Interlocked.Increment(ref refused);
            askedInVain.TrySetResult();
            return (500, "{}");
        };
        shop.OwnChannel = null;
        await shop.AttachAsync();
        await shop.WriteAsync("alice", "by the Module Channel");
        (await module.Module.NextAsync("message")).ToJsonString().ShouldContain("by the Module Channel");

        shop.OwnChannel = channel;
        await shop.WriteAsync("alice", "by the old one");
        await gateway.RouteAsync();
        var unroutable = (await gateway.ManageAsync("/management/unroutable"))["events"]!.AsArray().First(one => (string?)one!["botId"] == shop.Bot.ToString());
        ((string?)unroutable!["reason"]).ShouldBe("foreignChannel");

        // LINE is told of it until it agrees; then the channel is gone here too.
        await askedInVain.Task.WaitAsync(TimeSpan.FromSeconds(20));
        isAway = false;
        await AdvanceToNextTryAsync(channel, () => Volatile.Read(ref refused));
        await gateway.Line.CalledAsync(call => call.OwnChannel == channel.Id && call.Method == "PUT" && call.Body.Contains("before.example"));
        module.Module.All.ShouldAllBe(got => !got.Body.Contains("by the old one"));
    }

    [Fact]
    public async Task Given_a_module_on_an_own_channel_When_the_account_moves_to_the_Module_Channel_Then_it_hears_a_detach_and_an_attach()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var before = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        (await module.AcquireAsync(before)).Status.ShouldBe(HttpStatusCode.OK);
        shop.OwnChannel = null;
        await shop.AttachAsync();
        await DetachedAsync(module);
        ((string?)(await module.Module.NextAsync("module"))["module"]!["type"]).ShouldBe("attached");
        await shop.WriteAsync("alice", "hello again");
        ((string?)(await module.Module.NextAsync("message"))["source"]!["userId"]).ShouldNotBe(before); // LINE names her otherwise on the other channel.
        (await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["openChats"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("detached")]
    [InlineData("botSuspended")]
    public async Task Given_an_account_on_its_own_channel_When_the_Module_Channel_hears_that_it_is_gone_Then_nothing_changes(string word)
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var channel = shop.OwnChannel;
        shop.OwnChannel = null;
        await shop.PostAsync(word == "detached"
            ? new JsonObject { ["type"] = "module", ["module"] = new JsonObject { ["type"] = word, ["botId"] = shop.Bot.ToString() }, ["mode"] = "active" }
            : new JsonObject { ["type"] = word, ["mode"] = "active" });
        await gateway.RouteAsync();
        ((string?)(await gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["connection"]).ShouldBe("attached");
        shop.OwnChannel = channel;
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        await module.Module.NextAsync("message");
    }

    [Fact]
    public async Task Given_a_crash_between_LINEs_new_address_and_our_commit_When_its_time_is_over_Then_the_address_is_given_back()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var channel = gateway.NewOwnChannel(shop);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Line.Tries = (_, _) =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        var connecting = gateway.ConnectAsync(channel);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        channel.Endpoint.ShouldBe(GatewayHost.AddressFor(channel)); // Here the process dies.
        var id = ChannelId.Parse(channel.Id, null);
        (await gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.OwnChannels.Find(id)))!.LeaveDueAt.ShouldNotBeNull();

        gateway.Clock.Advance(TimeSpan.FromMinutes(6));
        await gateway.Line.CalledAsync(call => call.OwnChannel == channel.Id && call.Method == "PUT" && call.Body.Contains("before.example"));
        never.SetResult(false);
        await Should.ThrowAsync<HttpRequestException>(() => connecting);
    }

    /// <summary>Moves the clock past the next try, once every refusal is written down: one that is on its way would count its delay, longer each time, from the moved clock on.</summary>
    private async Task AdvanceToNextTryAsync(OwnChannelAtLine channel, Func<int> refused)
    {
        var (store, id) = (gateway.Services.GetRequiredService<IGatewayStore>(), ChannelId.Parse(channel.Id, null));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var (row, now) = await store.ReadAsync(tx => (tx.OwnChannels.Find(id), tx.Now));
            if (row is null)
                return; // It has left already.
            if (row.LeaveAttempts >= refused())
            {
                await gateway.AdvanceAsync(row.LeaveDueAt is { } due && due > now ? due - now : TimeSpan.Zero);
                return;
            }

            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task DetachedAsync(LinkedDouble module)
    {
        while ((string?)(await module.Module.NextAsync("module"))["module"]!["type"] != "detached")
        {
        }
    }
}
