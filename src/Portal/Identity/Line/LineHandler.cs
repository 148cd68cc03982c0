using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Portal.Identity;

/// <summary>The ordinary OAuth handler against LINE Login v2.1, with state, PKCE and a nonce that LINE signs.</summary>
internal sealed class LineHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string SchemeName = "LINE";

    /// <summary>Who came back from LINE, for ten minutes, until it is clear which person of ours that is.</summary>
    public const string ArrivalScheme = "LINE.Arrival";

    private const string NonceItem = "nonce";

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(24));
        properties.Items[NonceItem] = nonce;
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), NonceItem, nonce);
    }

    protected override Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var idToken = tokens.Response!.RootElement.TryGetProperty("id_token", out var value) ? value.GetString() : null;
        var user = LineIdToken.Read(idToken, Options.ClientId, Options.ClientSecret, properties.Items[NonceItem] ?? "", TimeProvider.GetUtcNow())
            ?? throw new AuthenticationFailureException("LINE's ID token does not hold.");
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Subject));
        if (user.Name is not null)
            identity.AddClaim(new Claim(ClaimTypes.Name, user.Name));
        if (user.Email is not null)
            identity.AddClaim(new Claim(ClaimTypes.Email, user.Email));
        return Task.FromResult(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, base.Scheme.Name));
    }
}
