using System.Runtime.ExceptionServices;
using Marketplace.Commands;
using Marketplace.Development;
using Marketplace.Logging;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sandbox.Time;

namespace Marketplace.Hosting;

/// <summary>One running instance: five web apps in this process, each on its own port.</summary>
internal sealed class MarketplaceHost : IAsyncDisposable
{
    /// <summary>A room that is still busy after this is left behind: an open page must not hold up the stop.</summary>
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(5);

    private readonly DataFolder _data;
    private readonly Dictionary<Room, WebApplication> _running = [];
    private readonly TaskCompletionSource<Room> _fallen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MarketClock _clock = new();
    private volatile bool _isStopping;

    private MarketplaceHost(DataFolder data, Addresses addresses) => (_data, Addresses) = (data, addresses);

    public Addresses Addresses { get; }

    /// <summary>The data folder, as a full path.</summary>
    public string DataPath => _data.Path;

    /// <summary>Ends when a room stops by itself, which none should: names it.</summary>
    public Task<Room> Fallen => _fallen.Task;

    /// <summary>Starts the rooms one after the other.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="log">Takes what the rooms have to say.</param>
    /// <param name="configure">A test's own changes to a room.</param>
    /// <exception cref="RefusedException">Something is in the way that a person can move.</exception>
    public static async Task<MarketplaceHost> StartAsync(
        InstanceOptions options, ShortLog log, Action<Room, WebApplicationBuilder>? configure = null, CancellationToken cancellationToken = default)
    {
        var data = DataFolder.Open(options.DataFolder ?? InstanceOptions.DefaultDataFolder, options.PortBase);
        var host = new MarketplaceHost(data, Addresses.At(data.PortBase));
        try
        {
            var rooms = Rooms.StartOrder.Except(options.Without).ToList();
            Ports.MustBeFree(data.PortBase, rooms);
            var settings = new RoomSettings(options, data, host.Addresses);
            foreach (var room in rooms)
                await host.StartAsync(room, settings, log, configure, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        foreach (var room in Rooms.StopOrder)
        {
            if (!_running.Remove(room, out var app))
                continue;

            using var limit = new CancellationTokenSource(StopMax);
            try
            {
                await app.StopAsync(limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                // It was given its time. What it had acknowledged is in its database; the other rooms must be stopped too.
            }

            await app.DisposeAsync();
        }

        _data.Dispose();
    }

    private async Task StartAsync(Room room, RoomSettings settings, ShortLog log, Action<Room, WebApplicationBuilder>? configure, CancellationToken cancellationToken)
    {
        WebApplication? app = null;
        using var held = log.Hold(room); // A start that fails is told in one sentence, not in what every layer logs about it.
        try
        {
            app = Rooms.Build(room, builder => Configure(builder, room, settings, log, configure));
            await app.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            var explained = StartFailure.Explain(room, failure, app?.Configuration, Addresses);
            if (app is not null)
                await app.DisposeAsync();
            if (explained is null)
            {
                held.Release();
                ExceptionDispatchInfo.Throw(failure);
            }

            throw explained;
        }

        held.Release();
        _running.Add(room, app);
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            if (!_isStopping)
                _fallen.TrySetResult(room);
        });
    }

    private void Configure(WebApplicationBuilder builder, Room room, RoomSettings settings, ShortLog log, Action<Room, WebApplicationBuilder>? configure)
    {
        builder.Configuration.AddInMemoryCollection(settings.Of(room));
        builder.WebHost.UseUrls(Addresses.Origin(room));
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(log.For(room));
        // Data protection warns that its keys lie on the disk unencrypted. They do, by choice: the README says what production uses.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Each visit to the operator's rooms is told: they see every tenant.
        builder.Logging.AddFilter("Portal.Identity.OperatorMiddleware", LogLevel.Information);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>());
        if (room == Room.Sandbox)
            builder.Services.AddSingleton<ITimeFollower>(_clock);
        else
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopMax);
        if (room == Room.Portal)
            builder.Services.AddDevelopmentDoors(Addresses, _data.Secrets.ManagementKey);
        configure?.Invoke(room, builder);
    }
}
