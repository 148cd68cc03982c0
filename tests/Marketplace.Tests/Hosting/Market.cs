using Marketplace.Hosting;
using Marketplace.Logging;
using Microsoft.AspNetCore.Builder;

namespace Marketplace.Tests.Hosting;

/// <summary>An instance in this process, on free ports, with its data in a temporary folder.</summary>
internal sealed class Market : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly MarketplaceHost _host;

    private Market(TemporaryFolder folder, MarketplaceHost host) => (_folder, _host) = (folder, host);

    public Addresses Addresses => _host.Addresses;

    /// <summary>Where the rooms keep what they keep.</summary>
    public string DataPath => _host.DataPath;

    public static async Task<Market> StartAsync(Action<Room, WebApplicationBuilder>? configure = null)
    {
        var folder = new TemporaryFolder();
        var log = new ShortLog(TextWriter.Null, TimeProvider.System);
        while (true)
        {
            try
            {
                var portBase = Ports.FindBase();
                return new Market(folder, await MarketplaceHost.StartAsync(new InstanceOptions { PortBase = portBase, DataFolder = folder.At($"{portBase}") }, log, configure));
            }
            catch (PortTakenException)
            {
                // Another test run took one of the ports in between; there are thousands.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}
