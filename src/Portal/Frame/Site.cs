using Microsoft.Extensions.Options;

namespace Portal.Frame;

/// <summary>Addresses of our own pages as the world knows them.</summary>
public sealed class Site(IOptions<PortalOptions> options)
{
    /// <param name="path">From the root, with its slash.</param>
    public string Absolute(HttpRequest request, string path)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (options.Value.PublicUrl ?? $"{request.Scheme}://{request.Host}") + path;
    }
}
