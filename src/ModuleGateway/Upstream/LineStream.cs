using System.Buffers;

namespace ModuleGateway.Upstream;

/// <summary>What LINE sends and nobody here keeps: handed on piece by piece. Whoever has it disposes of it.</summary>
/// <param name="idleMax">Longest wait for the next piece.</param>
internal sealed class LineStream(HttpResponseMessage answer, TimeSpan idleMax, TimeProvider clock) : IDisposable
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Null: LINE did not say.</summary>
    public long? Length => answer.Content.Headers.ContentLength;

    /// <exception cref="IOException">LINE stopped in the middle.</exception>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            await using var source = await answer.Content.ReadAsStreamAsync(cancellationToken);
            while (await ReadAsync(source, piece, cancellationToken) is var read and > 0)
                await destination.WriteAsync(piece.AsMemory(0, read), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public void Dispose() => answer.Dispose();

    private async Task<int> ReadAsync(Stream source, byte[] piece, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(idleMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await source.ReadAsync(piece, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"LINE sent nothing for {idleMax}.");
        }
    }
}
