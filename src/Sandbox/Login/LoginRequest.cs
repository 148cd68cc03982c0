using Sandbox.Consent;
using Sandbox.Http;

namespace Sandbox.Login;

/// <summary>The parameters of LINE Login's authorization URL, read and found right.</summary>
/// <param name="Scopes">profile, openid, email: what is asked for.</param>
/// <param name="Nonce">Comes back in the ID token.</param>
/// <remarks>Source: LINE Login v2.1, "Integrating LINE Login with your web app". LINE shows a page of its own for every wrong parameter.</remarks>
internal sealed record LoginRequest(string RedirectUri, string State, IReadOnlyList<string> Scopes, string? Nonce, string? CodeChallenge)
{
    private static readonly string[] Known = ["profile", "openid", "email"];

    public static (LoginRequest? Request, string? Fault) Read(IQueryCollection query, LoginChannelOptions? channel)
    {
        if (channel is null || Text(query, "client_id") != channel.ChannelId)
            return (null, "client_id names no LINE Login channel.");
        if (Text(query, "redirect_uri") is not { } redirectUri || channel.RedirectUrls?.Contains(redirectUri, StringComparer.Ordinal) != true || !PublicAddress.IsAllowed(redirectUri))
            return (null, "redirect_uri is not registered for this channel.");
        if (Text(query, "response_type") != "code")
            return (null, "response_type must be code.");
        if (Text(query, "state") is not { } state)
            return (null, "state must be given.");

        var scopes = (Text(query, "scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0 || scopes.Except(Known, StringComparer.Ordinal).Any() || (scopes.Contains("email") && !scopes.Contains("openid")))
            return (null, "scope must name profile, openid, or both; email goes with openid.");

        var challenge = Text(query, "code_challenge");
        var method = Text(query, "code_challenge_method");
        if ((challenge is null) != (method is null) || (method is not null && method != "S256") || (challenge is not null && !PkceCheck.IsWellFormed(challenge)))
            return (null, "code_challenge needs code_challenge_method S256, and is the SHA-256 of the verifier in base64url.");

        return (new LoginRequest(redirectUri, state, scopes, Text(query, "nonce"), challenge), null);
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
}
