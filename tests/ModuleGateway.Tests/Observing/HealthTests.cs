using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Routing;
using ModuleGateway.Store;

namespace ModuleGateway.Tests.Observing;

/// <summary>Whoever watches the process learns whether it takes webhooks and, in sentences, what is not as it should be.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new()
    {
        Differs = builder =>
        {
            builder.Services.AddSingleton<IGatewayStore>(provider => new UnsteadyStore(GatewayApp.OpenStore(provider)));
            builder.Configuration.AddInMemoryCollection([new("Upstream:Channels:0:RedeliveryIsOn", "true"), new("Upstream:Channels:1:RedeliveryIsOn", "false")]);
        },
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_gateway_that_is_well_When_it_is_asked_Then_it_is_live_and_ready_and_says_what_LINE_would_not_send_again()
    {
        (await _gateway.Http.GetStringAsync("/health/live")).ShouldBe("live");
        var (status, told) = await AskAsync();
        status.ShouldBe(HttpStatusCode.OK);
        ((bool)told["ready"]!).ShouldBeTrue();
        told["checks"]!.AsArray().Select(check => ((string?)check!["name"], (string?)check["state"])).ShouldBe(
            [("store", "ok"), ("routing", "ok"), ("delivery", "ok"), ("redelivery", "ok"), ("redelivery", "warning"), ("registry", "ok")]);
        Says(told, "redelivery", "warning").ShouldContain("Upstream:Channels:1:RedeliveryIsOn");
    }

    [Fact]
    public async Task Given_a_full_disk_When_it_is_asked_Then_it_is_not_ready_and_says_what_to_do_and_with_room_again_it_is()
    {
        var store = (UnsteadyStore)_gateway.Services.GetRequiredService<IGatewayStore>();
        store.IsFull = true;
        var (status, told) = await AskAsync();
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Says(told, "store", "failing").ShouldContain("see that the disk has room");
        store.IsFull = false;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        (await AskAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_routing_and_following_that_stand_still_When_it_is_asked_Then_it_says_so_and_takes_webhooks_all_the_same()
    {
        var shop = await _gateway.NewShopAsync();
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        await _gateway.Services.GetRequiredService<SteadyWorker<RoutingWorker>>().StopAsync(CancellationToken.None);
        await _gateway.Services.GetRequiredService<SteadyWorker<RegistryFollower>>().StopAsync(CancellationToken.None);
        await shop.WriteAsync("alice", "hello");
        _gateway.Clock.Advance(TimeSpan.FromSeconds(15));
        var (status, told) = await AskAsync();
        status.ShouldBe(HttpStatusCode.OK);
        Says(told, "routing", "warning").ShouldContain("to be routed");
        Says(told, "registry", "warning").ShouldContain("for the last time");
    }

    private static string Says(JsonNode told, string name, string state) =>
        (string)told["checks"]!.AsArray().Single(check => (string?)check!["name"] == name && (string?)check["state"] == state)!["says"]!;

    private async Task<(HttpStatusCode Status, JsonNode Told)> AskAsync()
    {
        using var answer = await _gateway.Http.GetAsync("/health/ready");
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
