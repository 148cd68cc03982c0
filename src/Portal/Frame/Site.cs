using Microsoft.Extensions.Options;

namespace Portal.Frame;

/// <summary>Addresses of our own pages as the world knows them.</summary>
public sealed class Site(IOptions<PortalOptions> options)
{
    /// <summary>For a mail, which no request asked for; null where nobody said how the world reaches us.</summary>
    public string? Link(string path) => options.Value.PublicUrl is { } origin ? origin + path : null;

    /// <summary>For links in mails.</summary>
    /// <param name="http">Its request's own origin is taken where none is configured; without a request the path alone is left.</param>
    public string Absolute(IHttpContextAccessor http, string path)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.HttpContext is { } context ? Absolute(context.Request, path) : options.Value.PublicUrl + path;
    }

    /// <param name="path">From the root, with its slash.</param>
    public string Absolute(HttpRequest request, string path)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (options.Value.PublicUrl ?? $"{request.Scheme}://{request.Host}") + path;
    }
}
