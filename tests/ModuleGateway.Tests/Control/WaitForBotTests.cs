using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Store;
using Npgsql;

namespace ModuleGateway.Tests.Control;

/// <summary>A call that has to wait until another process, or another call, is done with its bot.</summary>
public sealed class WaitForBotTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private GatewayHost? _gateway;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_an_acquire_that_waits_for_its_bot_When_it_has_it_Then_its_hold_begins_at_that_instant_and_not_before_the_wait(Database database)
    {
        _gateway = new GatewayHost { Store = database };
        await _gateway.InitializeAsync();
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        await module.TokenAsync();

        var (isHeld, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var other = _gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            _ = tx.Control.Account(shop.Bot);
            isHeld.TrySetResult();
            return mayEnd.Task.Wait(Limit);
        });
        await isHeld.Task.WaitAsync(Limit);
        var acquire = module.AcquireAsync(alice, new { expired = true, ttl = 60 });
        await SomebodyWaitsAsync().WaitAsync(Limit);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(30));
        mayEnd.SetResult();
        (await other).ShouldBeTrue();
        (await acquire).Status.ShouldBe(HttpStatusCode.OK);

        var until = (await module.Module.NextAsync("activated"))["chatControl"]!["expireAt"]!.GetValue<long>();
        DateTimeOffset.FromUnixTimeMilliseconds(until).ShouldBeGreaterThan(_gateway.Clock.GetUtcNow() + TimeSpan.FromSeconds(60 - 20));
    }

    /// <summary>The server says who waits only to who asks.</summary>
    private async Task SomebodyWaitsAsync()
    {
        await using var connection = new NpgsqlConnection(_gateway!.Settings()["Store:ConnectionString"]);
        await connection.OpenAsync();
        await using var ask = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
        while ((long)(await ask.ExecuteScalarAsync())! == 0)
        {
        }
    }
}
