using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Portal.Frame;

/// <summary>Where the portal stands on the web. Configuration section "Portal".</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>The origin that people see, for canonical links and the sitemap. Null: the request's own.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Origins beside our own that a form may lead to: where LINE asks for consent. Browsers check every redirect after a form against this list.</summary>
    [Required]
    public string[] FormTargets { get; init; } = [];

    /// <summary>Addresses (or networks, as in 10.0.0.0/8) of proxies before this portal. Only what they say about the caller's address and https is believed. Default: none.</summary>
    [Required]
    public string[] Proxies { get; init; } = [];

    internal static bool AreNetworks(PortalOptions options) => options.Proxies.All(text => IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _));

    internal static bool AreOrigins(PortalOptions options) =>
        options.FormTargets.All(IsOrigin) && (options.PublicUrl is null || IsOrigin(options.PublicUrl));

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.GetLeftPart(UriPartial.Authority) == text;
}
