using System.Net;
using System.Net.Sockets;
using PublicWeb;

namespace Reliability.World;

/// <summary>A resolver of the tests' own: a file with a host and its address on each line, read anew each time. An address is its own; any other that is not in it does not exist.</summary>
internal sealed class HostsFile(string file) : IHostLookup
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>From now on this host is there.</summary>
    /// <param name="address">Null: nowhere.</param>
    public void Tell(string host, string? address)
    {
        lock (_gate)
        {
            if (address is null)
                _hosts.Remove(host);
            else
                _hosts[host] = address;
            File.WriteAllLines(file + ".new", _hosts.Select(one => $"{one.Key} {one.Value}"));
            File.Move(file + ".new", file, overwrite: true); // Who reads finds the old one or the new one.
        }
    }

    public async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var plain))
            return [plain];

        var found = (await File.ReadAllLinesAsync(file, cancellationToken)).Select(line => line.Split(' ')).FirstOrDefault(one => one[0].Equals(host, StringComparison.OrdinalIgnoreCase));
        return found is [_, var address] ? [IPAddress.Parse(address)] : throw new SocketException((int)SocketError.HostNotFound);
    }
}
