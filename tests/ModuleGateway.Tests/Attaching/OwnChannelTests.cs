using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Tests.Attaching;

/// <summary>The second kind of upstream: an account's own Messaging API channel.</summary>
public sealed class OwnChannelTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_an_accounts_own_channel_When_its_owner_connects_it_Then_its_old_address_is_shown_first_and_the_account_is_attached()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var channel = gateway.NewOwnChannel(shop);
        var id = Guid.NewGuid();
        var offer = await gateway.ManageAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel", new { channelId = channel.Id, channelSecret = channel.Secret });
        ((string?)offer!["webhookUrlNow"]).ShouldBe("https://before.example/webhook");
        ((string?)offer["botId"]).ShouldBe(shop.Bot.ToString());
        channel.Endpoint.ShouldBe("https://before.example/webhook"); // Looked at, and nothing changed.
        (await ShownAsync(id))["state"]!.ToString().ShouldBe("pending");

        var proof = (string?)(await gateway.ManageAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel/connect"))!["proof"];
        channel.Endpoint.ShouldBe(GatewayHost.AddressFor(channel));
        var shown = await ShownAsync(id, proof);
        ((string?)shown["state"], (bool?)shown["isProven"], (string?)shown["botId"], (string?)shown["displayName"]).ShouldBe(("attached", true, shop.Bot.ToString(), "A shop of its own"));
        ((bool?)(await ShownAsync(id, "made up"))["isProven"]).ShouldBe(false);
        await WithConnectionAsync(shop, connection =>
        {
            (connection.State, connection.ChannelId.ToString()).ShouldBe((ConnectionState.Attached, channel.Id));
            Scopes.Base.ShouldBeSubsetOf(connection.Scopes);
        });
    }

    [Fact]
    public async Task Given_an_account_on_its_own_channel_When_a_customer_writes_Then_the_module_cannot_tell_the_difference()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var lineToken = await shop.WriteAsync("alice", "hello");
        var message = await module.Module.NextAsync("message");
        var alice = (string)message["source"]!["userId"]!;
        alice.ShouldMatch($"^LU[0-9a-f]{{32}}-{shop.Bot}$");
        message.ToJsonString().ShouldNotContain(shop.User("alice"));
        ((string?)message["mode"]).ShouldBe("active");

        (await module.ReplyAsync((string)message["replyToken"]!, "hi")).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.Line.CalledAsync(call => IsFrom(shop, call, "/v2/bot/message/reply"))).Json["replyToken"]!.ToString().ShouldBe(lineToken);
        (await module.PushAsync(alice, "still there?")).Status.ShouldBe(HttpStatusCode.OK);
        var push = await gateway.Line.CalledAsync(call => IsFrom(shop, call, "/v2/bot/message/push"));
        ((string?)push.Json["to"], push.Bot).ShouldBe((shop.User("alice"), "")); // The token names the account; no header does.

        gateway.Line.Answer = call => call.Path == $"/v2/bot/profile/{shop.User("alice")}" ? (200, $$"""{"userId":"{{shop.User("alice")}}","displayName":"Alice"}""") : null;
        var profile = await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{alice}");
        ((string?)profile.Body!["userId"], (string?)profile.Body["displayName"]).ShouldBe((alice, "Alice"));
    }

    [Theory]
    [InlineData("""{"type":"message","source":{"type":"user","userId":"a\u0000b"},"mode":"active"}""")]
    [InlineData("""{"type":"message","source":{"type":"user","userId":"\ud800"},"mode":"active"}""")]
    [InlineData("""{"type":"message","source":{"type":"user","userId":"odd"},"some":"\ud800 text of somebody's that was cut in two","mode":"active"}""")]
    [InlineData("""{"replyToken":"a","replyToken":"b","type":"message","source":{"type":"user","userId":"odd"},"mode":"standby"}""")]
    public async Task Given_an_owner_who_knows_the_secret_When_their_channel_says_what_LINE_never_would_Then_it_comes_through_and_others_go_on(string forged)
    {
        var (shop, other) = (await gateway.NewOwnChannelShopAsync(), await gateway.NewShopAsync());
        var (module, neighbour) = (await shop.LinkAsync(answersFirst: true), await other.LinkAsync(answersFirst: true));
        (await gateway.PostWebhookAsync($$"""{"destination":"{{shop.Bot}}","events":[{{forged}}]}""", shop.OwnChannel!.Id, shop.OwnChannel.Secret)).ShouldBe(HttpStatusCode.OK);
        await other.WriteAsync("alice", "hello");
        await neighbour.Module.NextAsync("message");
        var got = await module.Module.NextAsync("message");
        ((string?)got["source"]!["userId"])!.ShouldStartWith("LU");
        (await gateway.ManageAsync("/management/unroutable"))["events"]!.AsArray().ShouldNotContain(one => (string?)one!["botId"] == shop.Bot.ToString());
    }

    [Theory]
    [InlineData("""{"type":"module","module":{"type":"attached","scopes":["message:send","coupon:manage"]},"mode":"active"}""")]
    [InlineData("""{"type":"module","module":{"type":"detached"},"mode":"active"}""")]
    [InlineData("""{"type":"botSuspended","mode":"active"}""")]
    public async Task Given_an_accounts_own_channel_When_it_speaks_of_a_module_channel_Then_no_module_hears_it(string forged)
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        (await gateway.PostWebhookAsync($$"""{"destination":"{{shop.Bot}}","events":[{{forged}}]}""", shop.OwnChannel!.Id, shop.OwnChannel.Secret)).ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "behind it");
        await module.Module.NextAsync("message");
        await gateway.AdvanceAsync(TimeSpan.FromSeconds(1));
        module.Module.All.SelectMany(got => got.Events).ShouldNotContain(one => (string?)one["type"] == "botSuspended" || (one["module"] != null && one["module"]!["botId"] == null));
        (await gateway.ManageAsync("/management/unroutable"))["events"]!.AsArray().Where(one => (string?)one!["botId"] == shop.Bot.ToString())
            .ShouldHaveSingleItem()!["reason"]!.ToString().ShouldBe("foreignChannel");
    }

    [Theory]
    [InlineData("secret", "wrongSecret")]
    [InlineData("switch", "webhookOff")]
    [InlineData("reach", "notReached")]
    [InlineData("address", "addressRefused")]
    [InlineData("messaging", "noMessagingApi")]
    [InlineData("away", "lineAway")]
    public async Task Given_something_wrong_with_the_channel_When_its_owner_connects_it_Then_one_code_says_what_and_everything_is_as_before(string what, string code)
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var channel = gateway.NewOwnChannel(shop);
        channel.UsesWebhook = what != "switch";
        if (what == "reach")
            gateway.Line.Tries = (_, _) => Task.FromResult(false);
        gateway.Line.Answer = call => call.OwnChannel != channel.Id ? null : (what, call.Method, call.Path) switch
        {
            ("address", "PUT", _) => (400, """{"message":"Invalid webhook endpoint URL"}"""),
            ("messaging", _, "/v2/bot/info") => (403, """{"message":"Access to this API is not available for your account"}"""),
            ("away", "PUT", _) when channel.Endpoint == "https://before.example/webhook" => (500, "{}"),
            _ => null,
        };
        var id = Guid.NewGuid();
        var look = new { channelId = channel.Id, channelSecret = what == "secret" ? "0000" : channel.Secret };
        var answer = await gateway.RefusedAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel", look);
        if (answer.Status == HttpStatusCode.OK)
            answer = await gateway.RefusedAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel/connect");
        gateway.Line.Answer = _ => null;

        answer.ShouldBe((what == "away" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.UnprocessableEntity, code));
        channel.Endpoint.ShouldBe("https://before.example/webhook");
        (await gateway.RefusedAsync(HttpMethod.Get, $"/management/channels/{channel.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await gateway.PostWebhookAsync($$"""{"destination":"{{shop.Bot}}","events":[]}""", channel.Id, channel.Secret)).ShouldBe(HttpStatusCode.NotFound);
        (await gateway.RefusedAsync(HttpMethod.Get, $"/management/accounts/{shop.Bot}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_a_switch_that_was_off_When_it_is_on_Then_the_same_offer_connects()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var channel = gateway.NewOwnChannel(shop, endpoint: null);
        channel.UsesWebhook = false;
        var id = Guid.NewGuid();
        await gateway.ManageAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel", new { channelId = channel.Id, channelSecret = channel.Secret });
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel/connect")).Code.ShouldBe("webhookOff");
        channel.UsesWebhook = true;
        await gateway.ManageAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel/connect");
        ((string?)(await ShownAsync(id))["state"]).ShouldBe("attached");
    }

    [Fact]
    public async Task Given_an_account_that_is_attached_by_consent_When_its_own_channel_is_offered_Then_it_is_refused()
    {
        var shop = await gateway.NewShopAsync();
        await gateway.RouteAsync();
        var channel = gateway.NewOwnChannel(shop);
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/attach-requests/{Guid.NewGuid()}/channel", new { channelId = channel.Id, channelSecret = channel.Secret }))
            .ShouldBe((HttpStatusCode.UnprocessableEntity, "connectedByConsent"));
    }

    [Fact]
    public async Task Given_an_offer_When_the_account_is_attached_by_consent_before_it_is_taken_up_Then_the_consent_stays_and_the_channel_goes_back()
    {
        var shop = await gateway.NewShopAsync(attached: false);
        var channel = gateway.NewOwnChannel(shop);
        var id = Guid.NewGuid();
        await gateway.ManageAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel", new { channelId = channel.Id, channelSecret = channel.Secret });
        await shop.AttachAsync();
        await gateway.RouteAsync();
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/attach-requests/{id}/channel/connect")).Code.ShouldBe("connectedByConsent");
        channel.Endpoint.ShouldBe("https://before.example/webhook");
        await gateway.Services.PublishConnectionsAsync();
        await WithConnectionAsync(shop, connection => connection.ChannelId.ToString().ShouldBe(GatewayHost.ModuleChannelId));
    }

    [Fact]
    public async Task Given_the_marketplaces_own_channel_When_somebody_offers_it_Then_it_is_refused() =>
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/attach-requests/{Guid.NewGuid()}/channel", new { channelId = GatewayHost.ModuleChannelId, channelSecret = GatewayHost.ModuleChannelSecret }))
            .Code.ShouldBe("channelOfOurs");

    [Fact]
    public async Task Given_an_accounts_own_channel_When_it_signs_an_event_of_another_account_Then_the_event_is_kept_as_of_a_foreign_channel_and_routed_to_nobody()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        foreach (var other in new[] { await gateway.NewShopAsync(), await gateway.NewShopAsync(attached: false) })
        {
            var module = await other.LinkAsync(answersFirst: true);
            var body = new JsonObject { ["destination"] = other.Bot.ToString(), ["events"] = new JsonArray(other.Message("mallory", "I am yours")) }.ToJsonString();
            (await gateway.PostWebhookAsync(body, shop.OwnChannel!.Id, shop.OwnChannel.Secret)).ShouldBe(HttpStatusCode.OK);
            await gateway.RouteAsync();
            var unroutable = (await gateway.ManageAsync("/management/unroutable"))["events"]!.AsArray().First(one => (string?)one!["botId"] == other.Bot.ToString());
            ((string?)unroutable!["reason"], (string?)unroutable["channelId"]).ShouldBe(("foreignChannel", shop.OwnChannel.Id));
            module.Module.All.ShouldAllBe(got => !got.Body.Contains("I am yours"));
        }
    }

    [Fact]
    public async Task Given_a_secret_that_was_made_anew_at_LINE_When_its_owner_tells_us_Then_both_count_for_a_day_and_then_only_the_new_one()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var channel = shop.OwnChannel!;
        var (before, empty) = (channel.Secret, $$"""{"destination":"{{shop.Bot}}","events":[]}""");
        channel.Secret = "a new secret of the channel";
        (await gateway.RefusedAsync(HttpMethod.Put, $"/management/channels/{channel.Id}/secret", new { channelSecret = "a wrong one" })).Code.ShouldBe("wrongSecret");
        await gateway.ManageAsync(HttpMethod.Put, $"/management/channels/{channel.Id}/secret", new { channelSecret = channel.Secret });

        (await gateway.PostWebhookAsync(empty, channel.Id, before)).ShouldBe(HttpStatusCode.OK);
        (await gateway.PostWebhookAsync(empty, channel.Id, channel.Secret)).ShouldBe(HttpStatusCode.OK);
        gateway.Clock.Advance(TimeSpan.FromHours(25));
        (await gateway.PostWebhookAsync(empty, channel.Id, before)).ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.PostWebhookAsync(empty, channel.Id, channel.Secret)).ShouldBe(HttpStatusCode.OK);

        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        (await module.PushAsync(alice, "hi")).Status.ShouldBe(HttpStatusCode.OK); // With a token by the new secret: LINE takes no other.
    }

    [Fact]
    public async Task Given_a_connected_channel_When_its_store_and_its_log_are_read_Then_the_secret_stands_nowhere()
    {
        var shop = await gateway.NewOwnChannelShopAsync();
        var secret = Encoding.ASCII.GetBytes(shop.OwnChannel!.Secret);
        foreach (var file in Directory.EnumerateFiles(gateway.Folder, "gateway.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            bytes.ToArray().AsSpan().IndexOf(secret).ShouldBe(-1, file);
        }

        gateway.Log.Lines.ShouldAllBe(line => !line.Contains(shop.OwnChannel.Secret));
        (await gateway.ManageAsync($"/management/channels/{shop.OwnChannel.Id}")).ToJsonString().ShouldNotContain(shop.OwnChannel.Secret);
    }

    [Fact]
    public async Task Given_a_channel_that_one_process_adds_and_changes_When_another_looks_Then_it_knows_it_too()
    {
        var services = gateway.Services;
        using var other = new UpstreamChannels(
            services.GetRequiredService<IOptions<UpstreamOptions>>(), services.GetRequiredService<IGatewayStore>(), services.GetRequiredService<Vault>(), services.GetRequiredService<StoreClock>(),
            NullLogger<UpstreamChannels>.Instance);
        await other.RefreshAsync(CancellationToken.None);
        var shop = await gateway.NewOwnChannelShopAsync();
        var id = ChannelId.Parse(shop.OwnChannel!.Id, null);
        other.Find(id).ShouldBeNull();
        (await other.FindAsync(id, CancellationToken.None))!.OnlyBot.ShouldBe(shop.Bot);

        await gateway.ManageAsync(HttpMethod.Delete, $"/management/channels/{id}");
        other.Find(id).ShouldNotBeNull();
        await other.RefreshAsync(CancellationToken.None);
        other.Find(id).ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_channel_whose_secret_cannot_be_opened_When_the_channels_are_read_Then_all_the_others_are_served()
    {
        var broken = ChannelId.Parse("1990000077", null);
        await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            tx.OwnChannels.Put(new OwnChannelRow(broken, BotId.FromBits(77), [1, 2, 3], tx.Now));
            return true;
        });
        var shop = await gateway.NewOwnChannelShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        await module.Module.NextAsync("message");
        (await gateway.PostWebhookAsync("{}", broken.ToString())).ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<JsonNode> ShownAsync(Guid id, string? proof = null) => gateway.ManageAsync($"/management/attach-requests/{id}{(proof is null ? "" : "?proof=" + proof)}");

    private async Task WithConnectionAsync(Shop shop, Action<Connection> check)
    {
        await using var scope = gateway.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Tests read what the portal reads.");
        check(await scope.ServiceProvider.GetRequiredService<RegistryDb>().Connections.AsNoTracking().SingleAsync(row => row.BotId == shop.Bot));
    }

    private static bool IsFrom(Shop shop, LineCall call, string path) => call.OwnChannel == shop.OwnChannel!.Id && call.Path == path;
}
