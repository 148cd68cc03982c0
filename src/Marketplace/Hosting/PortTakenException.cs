using Marketplace.Commands;

namespace Marketplace.Hosting;

/// <summary>A port that a room needs is in use.</summary>
internal sealed class PortTakenException(Room room, int port, Exception? cause = null) : RefusedException(
    $"Port {port}, which the {Rooms.NameOf(room)} needs, is in use: stop the program that listens there, or choose five other ports in a row with --port-base.", cause);
