using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BadInput;

/// <summary>Sends bytes over a connection of their own and reads until the server closes it.</summary>
internal static class RawClient
{
    public static async Task<RawAnswer> SendAsync(Uri server, RawRequest request, TimeSpan max)
    {
        var started = Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(max);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        await using var stream = client.GetStream();
        var writing = WriteAsync(stream, request, server.Authority, limit.Token);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // Reset by a server that refused before it had read all: what came before counts.
        }

        await writing;
        return Read(answer.ToArray(), Stopwatch.GetElapsedTime(started));
    }

    private static async Task WriteAsync(NetworkStream stream, RawRequest request, string host, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(request.Head(host), cancellationToken);
            if ((request.Chunks ?? request.Body) is { } body)
                await stream.WriteAsync(body, cancellationToken);
        }
        catch (IOException)
        {
            // The server may have answered already.
        }
    }

    private static RawAnswer Read(byte[] bytes, TimeSpan took)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return new RawAnswer(0, new Dictionary<string, string>(), [], took);

        var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var body = bytes[(end + 4)..];
        return new RawAnswer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, headers.GetValueOrDefault("Transfer-Encoding") == "chunked" ? Join(body) : body, took);
    }

    private static byte[] Join(byte[] chunked)
    {
        var (joined, at) = (new List<byte>(), 0);
        while (chunked.AsSpan(at).IndexOf("\r\n"u8) is var length and > 0)
        {
            var size = int.Parse(Encoding.ASCII.GetString(chunked, at, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += length + 2;
            joined.AddRange(chunked.AsSpan(at, size));
            at += size + 2;
        }

        return [.. joined];
    }
}
