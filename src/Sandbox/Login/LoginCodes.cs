using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Consent;
using Sandbox.Http;

namespace Sandbox.Login;

/// <summary>LINE Login's authorization codes and what they are exchanged for. In memory: after a restart one signs in again.</summary>
internal sealed class LoginCodes(IOptions<SandboxOptions> options, ScopedIds ids, TimeProvider clock)
{
    private const string Issuer = "https://access.line.me";

    /// <summary>All channels of ours at LINE are of one provider.</summary>
    private const string Provider = "module-market";
    private static readonly string[] Amr = ["linesso"];
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan IdTokenLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (LoginRequest Request, Person Person, DateTimeOffset ExpiresAt)> _codes = new(StringComparer.Ordinal);

    public string Issue(LoginRequest request, Person person)
    {
        var now = clock.GetUtcNow();
        var code = OpaqueToken.New();
        lock (_lock)
        {
            foreach (var expired in _codes.Where(kept => kept.Value.ExpiresAt <= now).Select(kept => kept.Key).ToList())
                _codes.Remove(expired);
            _codes.Add(code, (request, person, now + CodeLifetime));
        }

        return code;
    }

    /// <summary>The token endpoint with <c>grant_type=authorization_code</c>. A code is used up whatever becomes of it.</summary>
    public LineAnswer Exchange(Func<string, string?> field)
    {
        var now = clock.GetUtcNow();
        (LoginRequest Request, Person Person, DateTimeOffset ExpiresAt) used;
        bool isKnown;
        lock (_lock)
            isKnown = _codes.Remove(field("code") ?? "", out used);

        if (options.Value.LoginChannel is not { } channel || field("client_id") != channel.ChannelId || !Matches(channel.ChannelSecret, field("client_secret")))
            return LineAnswer.OAuthError(400, "invalid_client", "client_id or client_secret is wrong");
        if (!isKnown || used.ExpiresAt <= now)
            return LineAnswer.OAuthError(400, "invalid_grant", "invalid authorization code");
        if (field("redirect_uri") != used.Request.RedirectUri)
            return LineAnswer.OAuthError(400, "invalid_grant", "redirect_uri does not match");
        if (used.Request.CodeChallenge is { } challenge && !PkceCheck.Verifies(challenge, field("code_verifier")))
            return LineAnswer.OAuthError(400, "invalid_grant", "code_verifier does not match");

        return LineAnswer.Ok(new
        {
            access_token = OpaqueToken.New(48),
            expires_in = (long)AccessTokenLifetime.TotalSeconds,
            id_token = used.Request.Scopes.Contains("openid") ? IdToken(channel, used.Request, used.Person, now) : null,
            refresh_token = OpaqueToken.New(),
            scope = string.Join(' ', used.Request.Scopes),
            token_type = "Bearer",
        });
    }

    private string IdToken(LoginChannelOptions channel, LoginRequest request, Person person, DateTimeOffset now)
    {
        var hasProfile = request.Scopes.Contains("profile");
        var head = Part(new { typ = "JWT", alg = "HS256" });
        var body = Part(new
        {
            iss = Issuer,
            sub = ids.ForProvider(Provider, person),
            aud = channel.ChannelId,
            exp = (now + IdTokenLifetime).ToUnixTimeSeconds(),
            iat = now.ToUnixTimeSeconds(),
            nonce = request.Nonce,
            amr = Amr,
            name = hasProfile ? person.Name : null,
            email = request.Scopes.Contains("email") ? $"{person.Id}@line-user.example" : null,
        });
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(channel.ChannelSecret), Encoding.ASCII.GetBytes($"{head}.{body}"));
        return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(Json.Bytes(value));

    private static bool Matches(string secret, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(given));
}
