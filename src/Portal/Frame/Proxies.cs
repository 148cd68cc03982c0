using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Portal.Frame;

/// <summary>Believes the proxies that are named in the configuration, and nobody else, about who calls and whether by https.</summary>
internal static class Proxies
{
    public static void UseProxies(this WebApplication app)
    {
        var named = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.Proxies;
        if (named.Length == 0)
            return;

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear(); // The loopback addresses are there by default.
        options.KnownIPNetworks.Clear();
        foreach (var text in named)
        {
            if (IPAddress.TryParse(text, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(text));
        }

        app.UseForwardedHeaders(options);
    }
}
