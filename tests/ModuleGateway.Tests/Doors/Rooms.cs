using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Attaching;

namespace ModuleGateway.Tests;

internal static class Rooms
{
    /// <summary>Completes when the registry shows every connection: one publication of our own behind the worker's.</summary>
    public static Task PublishConnectionsAsync(this IServiceProvider services) => services.GetRequiredService<ConnectionPublisher>().PublishAllAsync(CancellationToken.None);
}
