using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ModuleGateway.Delivery;

/// <summary>The way out to modules: no redirects, bounded answers, and never an address inside our own house.</summary>
/// <remarks>
/// The address is checked on the connection itself, after the name was resolved, so that a name that resolves differently the second time
/// gains nothing. One connection pool for all: the handler keeps one per host.
/// </remarks>
internal sealed class ModuleEndpoints : IDisposable
{
    /// <summary>How much of an answer is read: the rest interests nobody.</summary>
    public const int AnswerBytesMax = 4096;

    private readonly HttpClient _client;

    public ModuleEndpoints(IOptions<DeliveryOptions> options)
    {
        AllowsPrivate = options.Value.AllowPrivateAddresses;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = options.Value.InFlightPerModuleMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // Each attempt brings its own.
        };
    }

    public bool AllowsPrivate { get; }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } url || !MayCall(url))
            throw new HttpRequestException("A module's URL must be https.");

        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Whether it has the scheme that a module's URL must have. Its address is checked on the connection.</summary>
    public bool MayCall(Uri url) => url.Scheme == Uri.UriSchemeHttps || (AllowsPrivate && url.Scheme == Uri.UriSchemeHttp);

    public void Dispose() => _client.Dispose();

    /// <summary>Addresses that no module of a partner's can have: ours, the machine's, the cloud's metadata service.</summary>
    internal static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var six = address.GetAddressBytes();
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast || address.IsIPv6SiteLocal || address.Equals(IPAddress.IPv6Any)
                || (six[0] == 0x00 && six[1] == 0x64 && six[2] == 0xff && six[3] == 0x9b)   // 64:ff9b::/96 wraps an IPv4 address.
                || (six[0] == 0x20 && six[1] == 0x02)                                        // 6to4 likewise.
                || six.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;                          // ::a.b.c.d, long out of use.
        }

        var four = address.GetAddressBytes();
        return four[0] switch
        {
            0 or 10 or 127 => true,
            100 => (four[1] & 0xc0) == 64,  // Carriers' shared space.
            169 => four[1] == 254,          // Link-local, the metadata service among them.
            172 => (four[1] & 0xf0) == 16,
            192 => four[1] == 168 || (four[1] == 0 && four[2] is 0 or 2) || (four[1] == 88 && four[2] == 99),
            198 => four[1] is 18 or 19 || (four[1] == 51 && four[2] == 100),
            203 => four[1] == 0 && four[2] == 113,
            >= 224 => true,
            _ => false,
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = AllowsPrivate ? addresses : Array.FindAll(addresses, address => !IsPrivate(address));
        if (allowed.Length == 0)
            throw new HttpRequestException("The module's host has no public address.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
