using System.Net;
using Microsoft.Extensions.Options;
using Portal.Identity;

namespace Portal.Development;

/// <summary>What a developer may do on the own machine without proof: there only where signing in needs none either.</summary>
public sealed class DevelopmentDoor(IOptions<IdentityOptions> options)
{
    /// <summary>Whether this request comes from the same machine, in development.</summary>
    public bool IsOpenTo(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return options.Value.DevelopmentSignIn && context.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller);
    }
}
