using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ModuleGateway.Tests.Delivery;

/// <summary>A module's server at the level of sockets: it may do everything wrong that a server can, and right again the next moment.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private TcpListener _listener = null!;
    private int _connections;
    private int _requests;
    private long _sent;

    /// <summary>How it serves: what becomes of a request, or of a connection before any.</summary>
    public required Behaviour Behaviour { get; set; }

    /// <summary>What it shows for TLS; null: plain http.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Called with the body of each request that it took.</summary>
    public Action<byte[], IReadOnlyDictionary<string, string>> Taken { get; set; } = (_, _) => { };

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Bytes that it got rid of.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public string Url(string host) => $"{(Certificate is null ? "http" : "https")}://{host}:{Port}/webhook";

    public Task StartAsync(IPAddress at)
    {
        _listener = new TcpListener(at, 0);
        _listener.Start();
        _ = AcceptAsync();
        return Task.CompletedTask;
    }

    /// <summary>Cuts all connections, as a restart does: the next ones meet the server as it is now.</summary>
    public void CutAll()
    {
        foreach (var socket in _open.Keys)
            socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stopped.Token), _stopped.Token);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stopped)
    {
        Interlocked.Increment(ref _connections);
        _open.TryAdd(socket, 0);
        using (socket)
        {
            try
            {
                Stream stream = new NetworkStream(socket);
                if (Behaviour.OnConnection is { } greet && !await greet(new Wire(stream, socket, Count, stopped)))
                    return;

                if (Certificate is { } certificate)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true) }, stopped);
                    stream = secure;
                }

                while (await ReadAsync(stream, stopped) is var (body, headers))
                {
                    Interlocked.Increment(ref _requests);
                    var behaviour = Behaviour;
                    if (behaviour.Takes)
                        Taken(body, headers);
                    if (!await behaviour.OnRequest(new Wire(stream, socket, Count, stopped)))
                        return;
                }
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
            {
                // The other side had enough, which is what many tests are about.
            }
            finally
            {
                _open.TryRemove(socket, out _);
            }
        }
    }

    private void Count(int bytes) => Interlocked.Add(ref _sent, bytes);

    private static async Task<(byte[] Body, Dictionary<string, string> Headers)?> ReadAsync(Stream stream, CancellationToken stopped)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stopped) == 0)
                return null;
            head.Append((char)one[0]);
        }

        var headers = head.ToString().Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        var body = new byte[int.Parse(headers["content-length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stopped);
        return (body, headers);
    }
}
