using System.Net;
using System.Net.Sockets;

namespace PublicWeb;

/// <summary>Which addresses belong to the open internet. All others are somebody's inside: ours, the machine's, the cloud's metadata service.</summary>
/// <remarks>
/// Of IPv6 only global unicast is public, so that whatever wraps an IPv4 address elsewhere (<c>::a.b.c.d</c>, NAT64, ISATAP over link-local) needs no rule of its own.
/// Sources: IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890), and what the clouds document about their metadata services.
/// </remarks>
internal static class PublicAddress
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special =
    [
        .. Networks(
            "0.0.0.0/8",          // This network; 0.0.0.0 is the machine itself.
            "10.0.0.0/8",         // Private.
            "100.64.0.0/10",      // Carriers' shared space; a cloud's metadata service at 100.100.100.200.
            "127.0.0.0/8",        // Loopback.
            "168.63.129.16/32",   // A cloud's own services for its machines, in public clothes.
            "169.254.0.0/16",     // Link-local, most clouds' metadata services among them.
            "172.16.0.0/12",      // Private.
            "192.0.0.0/24",       // Protocol assignments; a cloud's metadata service at 192.0.0.192.
            "192.0.2.0/24",       // Documentation.
            "192.31.196.0/24",    // AS112, a sink.
            "192.52.193.0/24",    // Relays of multicast.
            "192.88.99.0/24",     // 6to4 relays.
            "192.168.0.0/16",     // Private.
            "192.175.48.0/24",    // AS112.
            "198.18.0.0/15",      // Benchmarks.
            "198.51.100.0/24",    // Documentation.
            "203.0.113.0/24",     // Documentation.
            "224.0.0.0/4",        // Multicast.
            "240.0.0.0/4",        // Reserved, and broadcast.
            "2001::/23",          // Protocol assignments: Teredo, which wraps IPv4, ORCHID, benchmarks.
            "2001:db8::/32",      // Documentation.
            "2002::/16",          // 6to4, which wraps IPv4.
            "2620:4f:8000::/48",  // AS112.
            "3ffe::/16",          // An experiment long over.
            "3fff::/20"),         // Documentation.
    ];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address)) && !Array.Exists(Special, network => network.Contains(address));
    }

    private static IEnumerable<IPNetwork> Networks(params string[] networks) => networks.Select(network => IPNetwork.Parse(network));
}
