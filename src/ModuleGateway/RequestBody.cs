namespace ModuleGateway;

/// <summary>Bodies of requests, never more of one than is wanted.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body of at most <paramref name="bytesMax"/>; null when there is more.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        if (request.ContentLength > bytesMax)
            return null;

        // Once as large as it says it is; without a length it grows.
        var buffer = new byte[request.ContentLength is { } known and > 0 ? (int)known : 1024];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length && request.ContentLength != length)
                Array.Resize(ref buffer, Math.Min(2 * length, bytesMax + 1));
            var read = length == buffer.Length ? 0 : await request.Body.ReadPieceAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                break;
            length += read;
            if (length > bytesMax)
                return null;
        }

        return buffer.AsMemory(0, length);
    }

    /// <summary>Reads on.</summary>
    /// <exception cref="BadHttpRequestException">What comes is no body; the web server says some of its faults by other exceptions.</exception>
    public static async ValueTask<int> ReadPieceAsync(this Stream body, Memory<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(piece, cancellationToken);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The request body could not be read.", StatusCodes.Status400BadRequest, broken);
        }
    }
}
