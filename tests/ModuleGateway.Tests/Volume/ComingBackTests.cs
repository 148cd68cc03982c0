using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Line;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModuleGateway.Delivery;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Volume;

/// <summary>A thousand modules on one server that was down: it comes back, and they all with it.</summary>
public sealed class ComingBackTests : IAsyncLifetime
{
    private const int Modules = 1000;
    private const int Chats = 6;
    private const int ProbesAtOnce = 32;
    private const string Secret = "00112233445566778899aabbccddeeff";
    private static readonly string[] AllScopes = [Scopes.MessageSend, Scopes.MessageReceive];

    private readonly GatewayHost _gateway = new();
    private readonly ConcurrentDictionary<int, ConcurrentQueue<long>> _came = new(); // When what came, by module; the verification request first.
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _server = null!;
    private int _probing;
    private int _probingMax;
    private int _delivered;

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/{module:int}", (Delegate)TakeAsync);
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_thousand_endpoints_that_are_down_When_all_come_back_at_once_Then_few_are_asked_at_a_time_and_each_gets_what_waits_at_a_pace_that_grows()
    {
        var shop = await _gateway.NewShopAsync();
        var modules = await LinkAsync(shop);
        await _gateway.RouteAsync();
        for (var chat = 0; chat < Chats; chat++)
            await shop.WriteAsync($"customer {chat}", "while they were down");
        await _gateway.RouteAsync();
        _came.ShouldBeEmpty("what is down gets nothing");
        await _gateway.StopAsync();
        await _gateway.StartAsync();
        await _gateway.Services.GetRequiredService<DeliveryEngine>().DeliveringAsync().WaitAsync(TimeSpan.FromSeconds(20));

        _gateway.Clock.Advance(TimeSpan.FromSeconds(30)); // All are due to be asked.
        await _all.Task.WaitAsync(TimeSpan.FromMinutes(2));
        _came.Count.ShouldBe(modules);
        _probingMax.ShouldBeInRange(2, ProbesAtOnce);
        foreach (var times in _came.Values)
        {
            // Turns are granted ten times a second, one each in the first second: what came can only have come later than it was granted.
            var since = times.First();
            foreach (var (at, number) in times.Skip(1).Select((at, i) => (at, i + 1)))
                number.ShouldBeLessThanOrEqualTo(2 + (int)Math.Ceiling(Stopwatch.GetElapsedTime(since, at).TotalMilliseconds / 100 * Math.Pow(2, Stopwatch.GetElapsedTime(since, at).TotalSeconds)));
        }
    }

    /// <summary>A thousand modules linked to one account, whose endpoints the store knows to be down.</summary>
    private async Task<int> LinkAsync(Shop shop)
    {
        var ids = Enumerable.Range(0, Modules).Select(_ => ModuleId.New()).ToList();
        var urls = ids.Select((_, i) => $"{_server.Urls.First()}/{i}").ToList();
        await _gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            for (var i = 0; i < Modules; i++)
                tx.Endpoints.Put(new EndpointStateRow(ids[i], Circuit.Open, urls[i], tx.Now) { ProbeAt = tx.Now + TimeSpan.FromSeconds(20) });
            return true;
        });
        await _gateway.StopAsync();
        await _gateway.StartAsync(); // It takes up what it knows of them before the first of them is owed anything.
        await _gateway.Services.GetRequiredService<DeliveryEngine>().DeliveringAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var secret = _gateway.Services.GetRequiredService<SecretProtector>().Protect(Secret);
        await _gateway.WithRegistryAsync(db =>
        {
            for (var i = 0; i < Modules; i++)
            {
                db.Modules.Add(new Module
                {
                    Id = ids[i], TenantId = shop.Tenant, Name = $"Module {i}", Role = ModuleRole.WorksQuietly, ChannelId = ChannelId.Parse((1_700_000_000 + i).ToString(CultureInfo.InvariantCulture), null),
                    ProtectedSecret = secret, WebhookUrl = urls[i], RequiredScopes = AllScopes, OptionalScopes = [],
                });
                db.Linkages.Add(new Linkage
                {
                    Id = LinkageId.New(), TenantId = shop.Tenant, OfficialAccountId = shop.Account, BotId = shop.Bot, ModuleId = ids[i], State = LinkageState.On, Scopes = AllScopes,
                    CreatedAt = _gateway.Clock.GetUtcNow(),
                });
            }
        });
        return ids.Count;
    }

    private async Task<IResult> TakeAsync(HttpContext http, int module)
    {
        using var body = new StreamReader(http.Request.Body);
        var text = await body.ReadToEndAsync();
        _came.GetOrAdd(module, _ => new ConcurrentQueue<long>()).Enqueue(Stopwatch.GetTimestamp());
        if (text.EndsWith("\"events\":[]}", StringComparison.Ordinal))
        {
            var probing = Interlocked.Increment(ref _probing);
            InterlockedMax(ref _probingMax, probing);
            await Task.Yield(); // So that others come meanwhile.
            Interlocked.Decrement(ref _probing);
        }
        else if (text.Contains("while they were down", StringComparison.Ordinal) && Interlocked.Increment(ref _delivered) == Modules * Chats)
        {
            _all.SetResult();
        }

        return Results.Ok();
    }

    private static void InterlockedMax(ref int max, int value)
    {
        for (var before = Volatile.Read(ref max); before < value; before = Volatile.Read(ref max))
            Interlocked.CompareExchange(ref max, value, before);
    }
}
