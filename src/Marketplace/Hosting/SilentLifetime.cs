namespace Marketplace.Hosting;

/// <summary>Leaves signals to the host: five rooms that each listen for Ctrl-C would stop all at once, in any order.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
