using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace Portal.Providers;

/// <summary>The test file that every scanner must find, and whatever ClamAV finds where its daemon is configured.</summary>
/// <remarks>The daemon's INSTREAM: pieces with their length before them, a zero at the end; it answers <c>stream: OK</c> or <c>stream: NAME FOUND</c>. Source: clamd(8).</remarks>
internal sealed class DocumentScanner(IOptions<ScannerOptions> options) : IDocumentScanner
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>In two halves, or scanners would find this very program.</summary>
    private static readonly byte[] TestFile = Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*");

    public async Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (content.Span.IndexOf(TestFile) >= 0)
            return ScanVerdict.Infected;
        if (options.Value.Clamd is not { } daemon)
            return ScanVerdict.Clean;

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(options.Value.Timeout);
        try
        {
            var answer = await AskAsync(daemon, content, enough.Token);
            return answer.EndsWith(" FOUND", StringComparison.Ordinal) ? ScanVerdict.Infected : answer == "stream: OK" ? ScanVerdict.Clean : ScanVerdict.Away;
        }
        catch (Exception away) when (away is SocketException or IOException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return ScanVerdict.Away;
        }
    }

    private static async Task<string> AskAsync(string daemon, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var socket = await ConnectAsync(daemon, cancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        var length = new byte[4];
        for (var at = 0; at < content.Length; at += PieceBytes)
        {
            var piece = content.Slice(at, Math.Min(PieceBytes, content.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(length, piece.Length);
            await stream.WriteAsync(length, cancellationToken);
            await stream.WriteAsync(piece, cancellationToken);
        }

        await stream.WriteAsync(new byte[4], cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return (await reader.ReadToEndAsync(cancellationToken)).TrimEnd('\0', '\n');
    }

    private static async Task<Socket> ConnectAsync(string daemon, CancellationToken cancellationToken)
    {
        var isPath = daemon.StartsWith('/');
        var socket = isPath ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            var colon = daemon.LastIndexOf(':');
            if (isPath)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(daemon), cancellationToken);
            else
                await socket.ConnectAsync(daemon[..colon], int.Parse(daemon[(colon + 1)..], CultureInfo.InvariantCulture), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
