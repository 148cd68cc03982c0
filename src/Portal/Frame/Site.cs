using Microsoft.Extensions.Options;

namespace Portal.Frame;

/// <summary>Addresses of our own pages as the world knows them.</summary>
public sealed class Site(IOptions<PortalOptions> options)
{
    /// <summary>For a mail, which no request asked for; null where nobody said how the world reaches us.</summary>
    public string? Link(string path) => options.Value.PublicUrl is { } origin ? origin + path : null;

    /// <param name="path">From the root, with its slash.</param>
    public string Absolute(HttpRequest request, string path)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (options.Value.PublicUrl ?? $"{request.Scheme}://{request.Host}") + path;
    }
}
