using System.ComponentModel.DataAnnotations;

namespace Portal.Identity;

/// <summary>How people prove who they are. Configuration section "Identity".</summary>
public sealed class IdentityOptions
{
    public const string Section = "Identity";

    /// <summary>Sign in by one click, as anybody, without proof: for development and demonstration only. Default false.</summary>
    public bool DevelopmentSignIn { get; init; }

    /// <summary>Forms for signing in, signing up and resetting that one network address may send in a minute: 1 to 10 000, default 20. More are answered with 429.</summary>
    [Range(1, 10_000)]
    public int FormsPerMinute { get; init; } = 20;

    /// <summary>Our LINE Login channel. None: nobody signs in with LINE.</summary>
    public LineLoginOptions? Line { get; init; }
}

/// <summary>A LINE Login channel, an ordinary one: it has nothing to do with the Module Channel. Configuration section "Identity:Line".</summary>
public sealed class LineLoginOptions
{
    /// <summary>As LINE's console shows it.</summary>
    public string ChannelId { get; init; } = "";

    /// <summary>Also the key of LINE's ID tokens.</summary>
    public string ChannelSecret { get; init; } = "";

    /// <summary>Where LINE asks its user. Its origin must stand in <c>Portal:FormTargets</c>.</summary>
    public string AuthorizeUrl { get; init; } = "https://access.line.me/oauth2/v2.1/authorize";

    /// <summary>Where a code is exchanged.</summary>
    public string TokenUrl { get; init; } = "https://api.line.me/oauth2/v2.1/token";

    internal static bool IsWhole(LineLoginOptions? line) => line is null
        || (line.ChannelId.Length > 0 && line.ChannelSecret.Length >= 16
            && Uri.TryCreate(line.AuthorizeUrl, UriKind.Absolute, out _) && Uri.TryCreate(line.TokenUrl, UriKind.Absolute, out _));
}
