using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Portal.Frame;

/// <summary>Addresses of our own pages as the world knows them.</summary>
public sealed class Site(IOptions<PortalOptions> options, IServiceProvider services)
{
    /// <summary>For a mail, which no request asked for; null where nobody said how the world reaches us.</summary>
    public string? Link(string path) => options.Value.PublicUrl is { } origin ? origin + path : null;

    /// <summary>For links in mails that open an account. Never the host that a request names: whoever asks for the mail would say where its reader's link leads.</summary>
    /// <remarks>Where nobody said how the world reaches us, the address that this process listens on: a machine for development.</remarks>
    public string InMail(string path) =>
        (options.Value.PublicUrl ?? services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/')) + path;

    /// <param name="path">From the root, with its slash.</param>
    public string Absolute(HttpRequest request, string path)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (options.Value.PublicUrl ?? $"{request.Scheme}://{request.Host}") + path;
    }
}
