using System.Security.Cryptography;
using System.Text;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Faults;
using Sandbox.Http;
using Sandbox.Login;

namespace Sandbox.Tokens;

/// <summary>The token endpoints. Forms in, JSON out, errors in OAuth's shape.</summary>
internal sealed class TokenApi(AccessTokens tokens, ClientAssertion assertions, ChannelDirectory channels, LoginCodes logins, RateBuckets rates, FaultyAnswers faults, ApiLog log, TimeProvider clock)
{
    private static readonly ApiRow ShortLivedRow = new("POST", "/v2/oauth/accessToken", Scope: null, Rate.PerSecond(370), NamesBot: false);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth2/v3/token", http => Run(http, api => api.Stateless));
        routes.MapPost("/oauth2/v2.1/token", http => Run(http, api => api.V21));
        routes.MapGet("/oauth2/v2.1/verify", http => Run(http, api => api.Verify));
        routes.MapGet("/oauth2/v2.1/tokens/kid", http => Run(http, api => api.KeyIds));
        routes.MapPost("/oauth2/v2.1/revoke", http => Run(http, api => api.RevokeV21));
        routes.MapPost("/v2/oauth/accessToken", http => Run(http, api => api.ShortLived));
        routes.MapPost("/v2/oauth/verify", http => Run(http, api => api.Verify));
        routes.MapPost("/v2/oauth/revoke", http => Run(http, api => api.RevokeShortLived));
    }

    private static Task Run(HttpContext http, Func<TokenApi, Func<Func<string, string?>, LineAnswer>> choose)
    {
        var api = http.RequestServices.GetRequiredService<TokenApi>();
        return api.RunAsync(http, choose(api));
    }

    private LineAnswer Stateless(Func<string, string?> field)
    {
        if (field("grant_type") != "client_credentials")
            return LineAnswer.OAuthError(400, "invalid_request", "Invalid 'grant_type'.");

        Channel? channel;
        if (field("client_assertion") is { } assertion)
        {
            (var refusal, channel, _) = assertions.Check(field("client_assertion_type"), assertion);
            if (refusal is not null)
                return refusal;
        }
        else if ((channel = BySecret(field)) is null)
        {
            return LineAnswer.OAuthError(400, "invalid_request", "Invalid 'client_credentials'.");
        }

        return LineAnswer.Ok(new { token_type = "Bearer", access_token = tokens.IssueStateless(channel!.Id), expires_in = (long)AccessTokens.StatelessLifetime.TotalSeconds });
    }

    private LineAnswer V21(Func<string, string?> field)
    {
        if (field("grant_type") == "authorization_code")
            return logins.Exchange(field); // The same address serves LINE Login.

        if (field("grant_type") != "client_credentials" || field("client_assertion_type") != ClientAssertion.Type)
            return LineAnswer.OAuthError(400, "invalid_request", "Invalid 'grant_type' or 'client_assertion_type'.");

        var (refusal, channel, wish) = assertions.Check(field("client_assertion_type"), field("client_assertion"));
        if (refusal is not null)
            return refusal;

        if (wish is not { } lifetime)
            return ClientAssertion.InvalidTokenLifetime; // The lifetime of one's choice is what this kind of token is: the assertion has to choose.

        return tokens.IssueV21(channel!.Id, lifetime) is var (token, keyId)
            ? LineAnswer.Ok(new { access_token = token, token_type = "Bearer", expires_in = (long)lifetime.TotalSeconds, key_id = keyId })
            : LineAnswer.Error(400, "The maximum number of access tokens has already been issued");
    }

    private LineAnswer KeyIds(Func<string, string?> field)
    {
        var (refusal, channel, _) = assertions.Check(field("client_assertion_type"), field("client_assertion"));
        return refusal ?? LineAnswer.Ok(new { kids = tokens.KeyIds(channel!.Id) });
    }

    private LineAnswer RevokeV21(Func<string, string?> field)
    {
        if (BySecret(field) is not { } channel)
            return InvalidSecret(field);

        if (field("access_token") is { } token && tokens.Find(token)?.ChannelId == channel.Id)
            tokens.Revoke(token);
        return new LineAnswer(200, Body: null);
    }

    private LineAnswer ShortLived(Func<string, string?> field)
    {
        if (field("grant_type") != "client_credentials" || field("client_id") is null || field("client_secret") is null)
            return LineAnswer.OAuthError(400, "invalid_request", "some parameters missed or invalid");

        if (BySecret(field) is not { } channel)
            return InvalidSecret(field);

        return rates.TryTake(channel.Id, botId: null, ShortLivedRow)
            ? LineAnswer.Ok(new { access_token = tokens.IssueShortLived(channel.Id), expires_in = (long)AccessTokens.LifetimeMax.TotalSeconds, token_type = "Bearer" })
            : LineErrors.RateLimit;
    }

    private LineAnswer RevokeShortLived(Func<string, string?> field)
    {
        if (field("access_token") is { } token)
            tokens.Revoke(token);
        return new LineAnswer(200, Body: null);
    }

    private LineAnswer Verify(Func<string, string?> field)
    {
        if (field("access_token") is not { Length: > 0 } token)
            return LineAnswer.OAuthError(400, "invalid_request", "access_token in invalid format");
        if (tokens.Find(token) is not { } found)
            return LineAnswer.OAuthError(400, "invalid_request", "access_token invalid");

        var left = (long)(found.ExpiresAt - clock.GetUtcNow()).TotalSeconds;
        return left > 0
            ? LineAnswer.Ok(new { client_id = found.ChannelId, expires_in = left })
            : LineAnswer.OAuthError(400, "invalid_request", "The access token expired");
    }

    private LineAnswer InvalidSecret(Func<string, string?> field) =>
        LineAnswer.OAuthError(400, "invalid_client", channels.TryFind(field("client_id"), out _) ? "invalid client_secret" : "invalid client_id");

    private Channel? BySecret(Func<string, string?> field) =>
        channels.TryFind(field("client_id"), out var channel) && SecretMatches(channel, field("client_secret")) ? channel : null;

    /// <summary>Compares in constant time.</summary>
    public static bool SecretMatches(Channel channel, string? secret) =>
        secret is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(channel.Secret), Encoding.UTF8.GetBytes(secret));

    /// <summary>Bodies hold secrets and tokens, so the log gets the path and the status only.</summary>
    private async Task RunAsync(HttpContext http, Func<Func<string, string?>, LineAnswer> handle)
    {
        var started = clock.GetTimestamp();
        if (await faults.HoldAsync(http, botId: null))
            return;

        LineAnswer answer;
        if (faults.Refusal(http, botId: null) is { } ordered)
        {
            answer = ordered;
        }
        else if (HttpMethods.IsGet(http.Request.Method))
        {
            answer = handle(name => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null);
        }
        else if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            answer = handle(name => form.TryGetValue(name, out var value) ? value.ToString() : null);
        }
        else
        {
            answer = LineAnswer.OAuthError(400, "invalid_request", "The content type must be application/x-www-form-urlencoded");
        }

        log.Add(new ApiLogEntry(
            0, clock.GetUtcNow(), http.Request.Method, http.Request.Path, ChannelId: null, BotId: null, answer.Status,
            (long)clock.GetElapsedTime(started).TotalMilliseconds, http.LineRequestId(), Request: null, Response: null));
        if (faults.LosesAnswer(http, botId: null))
            await FaultyAnswers.NeverAnswerAsync(http);
        else
            await answer.WriteAsync(http);
    }
}
