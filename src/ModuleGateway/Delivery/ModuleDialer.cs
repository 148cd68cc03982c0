using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using PublicWeb;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>Opens connections to modules' hosts: looks the name up once, checks every address, connects to one that it checked.</summary>
/// <remarks>
/// There is no second look-up between check and connection, so a name that answers differently the next time gains nothing. One address that is not
/// public refuses the host as a whole: a name with a foot in each world is a trap or a mistake. An open connection stays with the address that was
/// checked, whatever the name says since.
/// </remarks>
internal sealed class ModuleDialer(IHostLookup lookup, IOptions<DeliveryOptions> options)
{
    private const int TriesMax = 4; // Addresses of one host.
    private readonly IReadOnlyList<IPNetwork> _allowed = options.Value.ReadAllowedNetworks();

    /// <summary>Connections that are open or being opened, to all modules.</summary>
    public ConnectionPlaces Places { get; } = new(options.Value.ConnectionsMax);

    /// <summary>Whether modules may be at this address.</summary>
    public bool MayReach(IPAddress address) => options.Value.AllowPrivateAddresses || PublicAddress.Is(address) || _allowed.Any(network => network.Contains(address));

    /// <exception cref="AddressRefusedException">The host has an address at which modules may not be.</exception>
    /// <exception cref="NoPlaceException">All connections are in use, and none became free in time.</exception>
    public async ValueTask<Stream> ConnectAsync(ModuleId module, DnsEndPoint to, CancellationToken cancellationToken)
    {
        var addresses = Array.ConvertAll(await lookup.FindAsync(to.Host, cancellationToken), address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        if (!Array.TrueForAll(addresses, MayReach))
            throw new AddressRefusedException(AttemptDetails.NotPublic);

        var place = await TakePlaceAsync(module, cancellationToken);
        try
        {
            return new PlacedStream(await ConnectAsync(addresses, to.Port, cancellationToken), place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private async Task<IDisposable> TakePlaceAsync(ModuleId module, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(options.Value.ConnectTimeout / 2); // The other half is for the connection.
        try
        {
            return await Places.TakeAsync(module, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoPlaceException();
        }
    }

    /// <summary>One address after the other; the first that hangs does not take the time of the others.</summary>
    private async Task<Socket> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var tries = Math.Min(addresses.Length, TriesMax);
        for (var i = 0; ; i++)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            enough.CancelAfter(options.Value.ConnectTimeout / 2 / tries);
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[i], port, enough.Token);
                _ = socket.RemoteEndPoint; // Fails here, while the socket is ours, if the other side has hung up already; from now on it is remembered.
                return socket;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                if (i + 1 == tries)
                    throw error is SocketException ? error : new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
