using System.Net;
using System.Net.Sockets;

namespace ModuleGateway.Tests.Delivery;

/// <summary>Takes connections, counts them, and says nothing.</summary>
internal sealed class CountingListener : IDisposable
{
    private readonly TcpListener _listener;
    private int _count;

    /// <param name="at">Null: every address of this machine.</param>
    public CountingListener(IPAddress? at = null)
    {
        _listener = at is null ? TcpListener.Create(0) : new TcpListener(at, 0);
        _listener.Start();
        _ = CountAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes up whoever still stands in line, and counts no more.</summary>
    public async Task<int> CountToTheEndAsync()
    {
        // One of our own behind all others: when it has been taken, they have been.
        using var last = new TcpClient();
        var before = Count;
        await last.ConnectAsync(IPAddress.Loopback, Port);
        SpinWait.SpinUntil(() => Count > before, TimeSpan.FromSeconds(20)).ShouldBeTrue();
        return Count - 1;
    }

    public void Dispose() => _listener.Dispose();

    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                using var taken = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _count);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
