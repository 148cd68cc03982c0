using System.Net;

namespace PublicWeb;

/// <summary>The addresses of a host. Asked once for each connection; what it says is checked, and only what was checked is connected to.</summary>
internal interface IHostLookup
{
    /// <param name="host">A name, or an address in any form that the system reads as one: it comes out in its plain form.</param>
    /// <exception cref="System.Net.Sockets.SocketException">There is no such host.</exception>
    Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken);
}
