using System.Net;

namespace PublicWeb;

/// <summary>As the machine resolves names.</summary>
internal sealed class SystemHostLookup : IHostLookup
{
    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
