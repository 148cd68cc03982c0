using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Benchmarks.Load;

/// <summary>A kept-alive HTTP/1.1 connection that sends ready bytes and reads only what an answer's end needs. For one thread, which it blocks: that is cheaper than being called back.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000, SendTimeout = 60_000 };
    private readonly byte[] _buffer = new byte[16 * 1024];

    public LoadConnection(Uri server) => _socket.Connect(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));

    /// <returns>The answer's status.</returns>
    public int Send(ReadOnlySpan<byte> request)
    {
        while (request.Length > 0)
            request = request[_socket.Send(request)..];
        return ReadAnswer();
    }

    public void Dispose() => _socket.Dispose();

    private int ReadAnswer()
    {
        var (read, end) = (0, -1);
        while (end < 0)
        {
            read += Receive(read);
            end = _buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
        }

        var head = _buffer.AsSpan(0, end + 2);
        var status = int.Parse(head.Slice("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
        if (ContentLength(head) is { } length)
        {
            for (var left = end + 4 + length - read; left > 0;)
                left -= Receive(0);
            return status;
        }

        while (!_buffer.AsSpan(0, read).EndsWith("\r\n0\r\n\r\n"u8)) // In pieces, as refusals come: they are short.
            read += Receive(read);
        return status;
    }

    private int Receive(int at)
    {
        if (at == _buffer.Length)
            throw new InvalidOperationException("The server's answer has a head that is too long.");

        var read = _socket.Receive(_buffer.AsSpan(at));
        return read > 0 ? read : throw new InvalidOperationException("The server hung up.");
    }

    private static int? ContentLength(ReadOnlySpan<byte> head)
    {
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon == "content-length".Length && System.Text.Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8))
                return int.Parse(line[(colon + 1)..].Trim((byte)' '), CultureInfo.InvariantCulture);
        }

        return null;
    }
}
