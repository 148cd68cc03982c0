namespace ModuleGateway;

/// <summary>Bodies of requests, never more of one than is wanted.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body of at most <paramref name="bytesMax"/>; null when there is more.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        if (request.ContentLength > bytesMax)
            return null;

        using var buffer = new MemoryStream(request.ContentLength is { } known ? (int)known : 1024);
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadPieceAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > bytesMax)
                return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
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
