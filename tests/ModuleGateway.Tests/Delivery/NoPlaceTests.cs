using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Delivery;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

/// <summary>The gateway has no connection to spare: that is held against nobody.</summary>
public sealed class NoPlaceTests : IAsyncLifetime
{
    private const int ConnectionsMax = 16;

    private readonly GatewayHost _gateway = new()
    {
        Differs = builder => builder.Configuration.AddInMemoryCollection([new("Delivery:ConnectionsMax", $"{ConnectionsMax}"), new("Delivery:ConnectTimeout", "00:00:00.4")]),
    };

    private DeliveryEngine Engine => _gateway.Services.GetRequiredService<DeliveryEngine>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_all_connections_in_use_for_minutes_When_one_is_free_Then_the_module_is_up_and_its_first_attempt_is_a_first_one()
    {
        var places = _gateway.Services.GetRequiredService<ModuleDialer>().Places;
        var taken = new List<IDisposable>();
        while (taken.Count < ConnectionsMax)
            taken.Add(await places.TakeAsync(ModuleId.New(), CancellationToken.None));
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        await _gateway.RouteAsync();
        for (var minute = 0; minute < 4; minute++)
        {
            await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
            _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await Engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        _gateway.Log.Lines.ShouldContain(line => line.Contains("no fault of the module's", StringComparison.Ordinal));
        module.Module.All.ShouldBeEmpty();
        taken.ForEach(place => place.Dispose());
        _gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        var got = await module.Module.NextAsync();
        (got.Attempt, (bool)got.Events.Single()["deliveryContext"]!["isRedelivery"]!).ShouldBe((1, false));
        await Engine.RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
        module.Module.All.ShouldAllBe(one => one.Attempt == 1); // Nobody asked the endpoint who is at fault.
    }
}
