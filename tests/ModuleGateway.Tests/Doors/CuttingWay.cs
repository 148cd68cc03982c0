using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ModuleGateway.Tests;

/// <summary>The way to a server, that breaks where a test wants it: when the server has done what it was asked, and before its answer arrives.</summary>
internal sealed class CuttingWay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly (string Host, int Port) _server;
    private volatile byte[]? _marker;

    public CuttingWay(string host, int port)
    {
        _server = (host, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next request that holds these letters reaches the server; its answer reaches nobody.</summary>
    public void CutAfterAnswerTo(string marker) => _marker = Encoding.ASCII.GetBytes(marker);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _over.Token);
                var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await Task.WhenAny(ThereAsync(client.GetStream(), server.GetStream(), cut), BackAsync(server.GetStream(), client.GetStream(), cut.Task));
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
            {
                // One side is gone; the other one follows.
            }
        }
    }

    private async Task ThereAsync(NetworkStream from, NetworkStream to, TaskCompletionSource cut)
    {
        var buffer = new byte[65536];
        while (await from.ReadAsync(buffer, _over.Token) is > 0 and var length)
        {
            if (_marker is { } marker && buffer.AsSpan(0, length).IndexOf(marker) >= 0)
            {
                _marker = null;
                cut.SetResult();
            }

            await to.WriteAsync(buffer.AsMemory(0, length), _over.Token);
        }
    }

    private async Task BackAsync(NetworkStream from, NetworkStream to, Task cut)
    {
        var buffer = new byte[65536];
        while (await from.ReadAsync(buffer, _over.Token) is > 0 and var length)
        {
            if (cut.IsCompleted)
                return; // Its answer is here, so it is done.
            await to.WriteAsync(buffer.AsMemory(0, length), _over.Token);
        }
    }
}
