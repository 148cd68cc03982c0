using System.Net.Sockets;

namespace ModuleGateway.Delivery;

/// <summary>A connection that gives its place back when it is closed.</summary>
internal sealed class PlacedStream(Socket socket, IDisposable place) : NetworkStream(socket, ownsSocket: true)
{
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        place.Dispose();
    }
}
