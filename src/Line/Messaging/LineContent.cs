namespace Line;

/// <summary>Bytes on their way from LINE. Dispose it: it holds a connection.</summary>
public sealed class LineContent : IDisposable, IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    private LineContent(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        Stream = stream;
    }

    /// <summary>The bytes, to be read once.</summary>
    public Stream Stream { get; }

    /// <summary>What they are, like <c>image/jpeg</c>, where LINE says.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>How many they are, where LINE says.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <inheritdoc />
    public void Dispose() => _response.Dispose();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }

    internal static async Task<LineContent> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return new LineContent(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
