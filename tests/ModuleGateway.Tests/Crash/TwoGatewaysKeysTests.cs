using System.Net;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Crash;

/// <summary>Keys that are turned and ids that are erased at one gateway, as the other on the same PostgreSQL sees them.</summary>
public sealed class TwoGatewaysKeysTests : IAsyncLifetime
{
    private GatewayHost? _gateway;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_two_gateways_When_keys_are_turned_at_one_Then_the_other_opens_what_is_sealed_with_the_new_version(Database database)
    {
        // Without its minute: the other has had no time to look, and meets the version unread.
        var (gateway, shop, module, other) = await StartAsync(database);
        using var deliverer = other;
        await gateway.ManageAsync(HttpMethod.Post, "/management/master-keys");
        gateway.Clock.Advance(TimeSpan.FromSeconds(61));
        await shop.WriteAsync("alice", "sealed with the new version");
        var got = await module.Module.NextAsync("message");
        ((string?)got["message"]!["text"]).ShouldBe("sealed with the new version");
        module.Door = deliverer.Http;
        (await module.ReplyAsync((string)got["replyToken"]!, "by the other's door")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_two_gateways_When_ids_are_erased_at_one_Then_tokens_are_dead_at_the_other_at_once_and_ids_within_a_minute(Database database)
    {
        var (gateway, shop, module, other) = await StartAsync(database);
        using var deliverer = other;
        module.Door = deliverer.Http;
        await shop.WriteAsync("alice", "hello");
        var before = await module.Module.NextAsync("message");
        var alice = Id(before);
        (await module.PushAsync(alice, "hello")).Status.ShouldBe(HttpStatusCode.OK);

        await gateway.ManageAsync(HttpMethod.Post, $"/management/linkages/{module.Linkage.Value}/erase-ids");
        (await module.ReplyAsync((string)before["replyToken"]!, "too late")).Status.ShouldBe(HttpStatusCode.BadRequest);

        // Each has taken up the new salt when it shows: who delivers by the id of each message, who is called by its answer. It need not be the same.
        using var minute = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var fresh = alice;
        while (fresh == alice || (await module.PushAsync(alice, "hello")).Status != HttpStatusCode.BadRequest)
        {
            minute.Token.IsCancellationRequested.ShouldBeFalse();
            await shop.WriteAsync("alice", "who am I?");
            fresh = Id(await module.Module.NextAsync("message"));
        }

        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{alice}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await module.PushAsync(fresh, "hello")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string Id(JsonObject message) => (string)message["source"]!["userId"]!;

    /// <summary>A gateway here, and one in a process of its own that delivers.</summary>
    private async Task<(GatewayHost Gateway, Shop Shop, LinkedDouble Module, GatewayProcess Other)> StartAsync(Database database)
    {
        var gateway = _gateway = new GatewayHost { Store = database };
        await gateway.InitializeAsync();
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await gateway.RouteAsync();
        var other = await GatewayProcess.StartAsync(gateway.Settings());
        await gateway.StandInLineAsync();
        return (gateway, shop, module, other);
    }
}
