using System.Buffers;
using System.Net;

namespace ModuleGateway.Upstream;

/// <summary>A module's body on its way to LINE, piece by piece.</summary>
/// <param name="moved">Called with each piece: the call is alive.</param>
internal sealed class PassedContent(Stream source, long? length, Action moved) : HttpContent
{
    private const int PieceBytes = 64 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (await source.ReadAsync(piece, cancellationToken) is var read and > 0)
            {
                await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken);
                await stream.FlushAsync(cancellationToken); // Small pieces too: nothing waits here for more.
                moved();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }
}
