using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Channels;

namespace Sandbox;

/// <summary>What happens before the first request: the configured module channel is laid over the stored one, and an empty platform is seeded.</summary>
internal sealed class Opening(IOptions<SandboxOptions> options, ChannelDirectory channels, Seed seed, IEnumerable<IAccountData> data, IServer server) : IHostedLifecycleService
{
    private bool _isPlanted;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = data.Count(); // Made now, so that what was accepted before a restart goes on without being asked for.
        if (options.Value.ModuleChannel is { } module)
            channels.Apply(module);
        if (options.Value.Seed)
            _isPlanted = seed.Plant();
        return Task.CompletedTask;
    }

    /// <summary>The server listens by now: what needs our address can be planted.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_isPlanted && server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } origin)
            seed.PlantChannel(origin.TrimEnd('/'));
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
