using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Marketplace.Commands;

namespace Marketplace.Hosting;

/// <summary>Looks whether ports are free, before anything is written to the data folder.</summary>
internal static class Ports
{
    private const int RoomCount = 5;
    private const int SearchesMax = 200;

    // Below the range from which Linux and Windows take ports of outgoing connections, so that no connection of ours sits on one of them.
    private const int SearchFrom = 20_000, SearchTo = 32_000;

    /// <exception cref="PortTakenException">One of them is taken.</exception>
    public static void MustBeFree(int portBase, IEnumerable<Room> rooms)
    {
        foreach (var room in rooms)
        {
            if (!IsFree(portBase + (int)room))
                throw new PortTakenException(room, portBase + (int)room);
        }
    }

    /// <summary>A base of five ports that were all free a moment ago.</summary>
    public static int FindBase()
    {
        for (var search = 0; search < SearchesMax; search++)
        {
            var portBase = RandomNumberGenerator.GetInt32(SearchFrom, SearchTo);
            if (Enumerable.Range(portBase, RoomCount).All(IsFree))
                return portBase;
        }

        throw new RefusedException($"No five free ports in a row were found between {SearchFrom} and {SearchTo}: name some with --port-base.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
