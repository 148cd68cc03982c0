using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Portal.Frame;

namespace Portal.Identity;

/// <summary>Prints the first operator's link when the portal has started. To the console, not to the log: logs are kept and sent around.</summary>
internal sealed class FirstOperatorNotice(
    FirstOperator first, IServer server, IOptions<PortalOptions> portal, [FromKeyedServices(FirstOperator.OutputKey)] TextWriter output) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await first.BeginAsync(cancellationToken) is not { } token)
            return;

        var origin = portal.Value.PublicUrl ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        await output.WriteLineAsync($"\nThis marketplace has no operator yet. Whoever opens this link within an hour becomes the first one; it works once:\n\n  {origin}{FirstOperator.Path}?token={token}\n");
        await output.FlushAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
