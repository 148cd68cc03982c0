using Marketplace.Commands;
using Marketplace.Logging;

namespace Marketplace.Hosting;

/// <summary>The instance that a command works with: one that runs already, or one that is started for it.</summary>
internal sealed class InstanceFinder : IAsyncDisposable
{
    private const int StartsMax = 5;

    private readonly DirectoryInfo? _temporary;

    private InstanceFinder(Addresses addresses, MarketplaceHost? own, DirectoryInfo? temporary) => (Addresses, Own, _temporary) = (addresses, own, temporary);

    public Addresses Addresses { get; }

    /// <summary>The one that was started for the command; null: it ran already and goes on.</summary>
    public MarketplaceHost? Own { get; }

    /// <summary>Leaves the temporary data folder behind.</summary>
    public bool Keep { get; init; }

    /// <summary>Where the temporary data is; null: none was made.</summary>
    public string? TemporaryFolder => _temporary?.FullName;

    /// <param name="url">A portal that must be running; null: the one at the port base, else one is started.</param>
    /// <param name="options">How one is started; without a data folder, in a temporary one.</param>
    /// <param name="onFreePorts">Whether a started one takes any free ports where none are named; otherwise the port base.</param>
    public static async Task<InstanceFinder> FindAsync(Uri? url, InstanceOptions options, bool onFreePorts, bool keep, ShortLog log, CancellationToken cancellationToken)
    {
        var isAnyPort = onFreePorts && options.PortBase is null && options.DataFolder is null;
        var portal = url ?? Addresses.At(options.PortBase ?? InstanceOptions.DefaultPortBase).Portal;
        try
        {
            if (await RunningInstance.FindAsync(portal, cancellationToken) is { } running)
                return new InstanceFinder(running, own: null, temporary: null);
        }
        catch (RefusedException) when (url is null && isAnyPort)
        {
            // Somebody else's program has the usual port: a fresh instance elsewhere does as well.
        }

        if (url is not null)
            throw new RefusedException($"Nothing listens at {url}: start an instance there first, or leave --url out and one is started.");

        var temporary = options.DataFolder is null ? Directory.CreateTempSubdirectory("module-market-") : null;
        try
        {
            var own = await StartAsync(options with { DataFolder = options.DataFolder ?? temporary!.FullName }, isAnyPort, log, cancellationToken);
            return new InstanceFinder(own.Addresses, own, temporary) { Keep = keep };
        }
        catch
        {
            temporary?.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Own is not null)
            await Own.DisposeAsync();
        if (!Keep)
            _temporary?.Delete(recursive: true);
    }

    private static async Task<MarketplaceHost> StartAsync(InstanceOptions options, bool isAnyPort, ShortLog log, CancellationToken cancellationToken)
    {
        for (var start = 1; ; start++)
        {
            var portBase = isAnyPort ? Ports.FindBase() : options.PortBase;
            try
            {
                var folder = isAnyPort ? Path.Combine(options.DataFolder!, $"{portBase}") : options.DataFolder;
                return await MarketplaceHost.StartAsync(options with { PortBase = portBase, DataFolder = folder }, log, cancellationToken: cancellationToken);
            }
            catch (PortTakenException) when (isAnyPort && start < StartsMax)
            {
                // Somebody took one of the ports between the search and the start: search again.
            }
        }
    }
}
