using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Channels;

namespace Sandbox;

/// <summary>What happens before the first request: the configured module channel is laid over the stored one, and an empty platform is seeded.</summary>
internal sealed class Opening(IOptions<SandboxOptions> options, ChannelDirectory channels, Seed seed) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.ModuleChannel is { } module)
            channels.Apply(module);
        if (options.Value.Seed)
            seed.Plant();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
