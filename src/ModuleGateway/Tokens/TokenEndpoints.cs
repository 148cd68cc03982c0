using Microsoft.AspNetCore.Http.Features;
using ModuleGateway.Routing;

namespace ModuleGateway.Tokens;

/// <summary>LINE's token endpoints for modules. A stray Authorization header beside the form is LINE's SDK's habit and is not looked at.</summary>
/// <remarks>Source: channel-access-token.yml; error bodies from the reference, "Channel access token".</remarks>
internal static class TokenEndpoints
{
    private const int FormBytesMax = 64 * 1024; // An assertion has one or two thousand characters.
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("").AddEndpointFilter((call, next) =>
        {
            var headers = call.HttpContext.Response.Headers;
            headers["x-line-request-id"] = Guid.NewGuid().ToString();
            headers.CacheControl = "no-store"; // RFC 6749, 5.1: answers with tokens are kept by nobody on the way.
            return next(call);
        });
        tokens.MapPost("/oauth2/v3/token", IssueStatelessAsync).DisableAntiforgery();
        tokens.MapPost("/oauth2/v2.1/token", IssueAsync).DisableAntiforgery();
        tokens.MapGet("/oauth2/v2.1/verify", VerifyAsync);
        tokens.MapGet("/oauth2/v2.1/tokens/kid", KeyIdsAsync);
        tokens.MapPost("/oauth2/v2.1/revoke", RevokeAsync).DisableAntiforgery();
        tokens.MapPost("/v2/oauth/accessToken", IssueShortLivedAsync).DisableAntiforgery();
        tokens.MapPost("/v2/oauth/verify", VerifyShortLivedAsync).DisableAntiforgery();
        tokens.MapPost("/v2/oauth/revoke", RevokeShortLivedAsync).DisableAntiforgery();
    }

    private static async Task<IResult> IssueStatelessAsync(HttpContext http, ModuleCredentials credentials, ModuleTokens tokens)
    {
        if (await FormAsync(http) is not { } form || form["grant_type"] != "client_credentials")
            return Refuse("invalid_request", "Invalid 'grant_type'.");

        ModuleConfig? module;
        if (form.ContainsKey("client_assertion"))
        {
            if (form["client_assertion_type"] != AssertionType)
                return Refuse("invalid_client", "Invalid 'client_assertion_type'.");
            var (found, _, problem) = credentials.ByAssertion(form["client_assertion"]);
            if (found is null)
                return RefuseAssertion(problem);
            module = found;
        }
        else if ((module = credentials.BySecret(form["client_id"], form["client_secret"])) is null)
        {
            return Refuse("invalid_request", "Invalid 'client_credentials'.");
        }

        return Results.Json(new { token_type = "Bearer", access_token = tokens.IssueStateless(module), expires_in = (int)ModuleTokens.StatelessLifetime.TotalSeconds });
    }

    private static async Task<IResult> IssueAsync(HttpContext http, ModuleCredentials credentials, ModuleTokens tokens)
    {
        if (await FormAsync(http) is not { } form || form["grant_type"] != "client_credentials" || form["client_assertion_type"] != AssertionType)
            return Refuse("invalid_request", "Invalid 'grant_type' or 'client_assertion_type'.");

        var (module, assertion, problem) = credentials.ByAssertion(form["client_assertion"]);
        if (module is null)
            return RefuseAssertion(problem);
        if (assertion!.TokenLifetime is not { } lifetime)
            return Refuse("invalid_client", "Invalid token_exp");

        return await tokens.IssueAsync(module, lifetime, http.RequestAborted) is { } issued
            ? Results.Json(new { access_token = issued.Token, token_type = "Bearer", expires_in = (int)lifetime.TotalSeconds, key_id = issued.KeyId })
            : Results.Json(new { message = "The maximum number of access tokens has already been issued" }, statusCode: 400);
    }

    private static async Task<IResult> IssueShortLivedAsync(HttpContext http, ModuleCredentials credentials, ModuleTokens tokens)
    {
        if (await FormAsync(http) is not { } form || form["grant_type"] != "client_credentials" || !form.ContainsKey("client_id") || !form.ContainsKey("client_secret"))
            return Refuse("invalid_request", "some parameters missed or invalid");
        if (credentials.BySecret(form["client_id"], form["client_secret"]) is not { } module)
            return RefuseSecret(credentials, form);

        var token = await tokens.IssueShortLivedAsync(module, http.RequestAborted);
        return Results.Json(new { access_token = token, expires_in = (int)ModuleTokens.ShortLivedLifetime.TotalSeconds, token_type = "Bearer" });
    }

    /// <summary>Stateless tokens too: at LINE both are JWS, which this call expects.</summary>
    private static async Task<IResult> VerifyAsync(HttpContext http, ModuleTokens tokens, GatewayState state)
    {
        var token = http.Request.Query["access_token"].ToString();
        if (token.Length == 0)
            return Refuse("invalid_request", "access_token in invalid format");

        var found = await tokens.FindAsync(token, http.RequestAborted);
        return found is { Kind: TokenKind.ShortLived } ? Refuse("invalid_request", "The access token not JWS") : Verified(found, state);
    }

    private static async Task<IResult> VerifyShortLivedAsync(HttpContext http, ModuleTokens tokens, GatewayState state)
    {
        if (await FormAsync(http) is not { } form || form["access_token"].ToString() is not { Length: > 0 } token)
            return Refuse("invalid_request", "access_token in invalid format");

        return Verified(await tokens.FindAsync(token, http.RequestAborted) is { Kind: TokenKind.ShortLived } found ? found : null, state);
    }

    private static IResult Verified(FoundToken? found, GatewayState state)
    {
        if (found is null || !state.Snapshot.Modules.TryGetValue(found.Module, out var module))
            return Refuse("invalid_request", "access_token invalid");

        var left = (int)found.TimeLeft.TotalSeconds;
        return left <= 0 ? Refuse("invalid_request", "The access token expired") : Results.Json(new { client_id = module.Channel.ToString(), expires_in = left });
    }

    private static async Task<IResult> KeyIdsAsync(HttpContext http, ModuleCredentials credentials, ModuleTokens tokens)
    {
        if (http.Request.Query["client_assertion_type"] != AssertionType)
            return Refuse("invalid_client", "Invalid 'client_assertion_type'.");

        var (module, _, problem) = credentials.ByAssertion(http.Request.Query["client_assertion"]);
        return module is null ? RefuseAssertion(problem) : Results.Json(new { kids = await tokens.KeyIdsAsync(module, http.RequestAborted) });
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, ModuleCredentials credentials, ModuleTokens tokens)
    {
        if (await FormAsync(http) is not { } form)
            return Refuse("invalid_request", "some parameters missed or invalid");
        if (credentials.BySecret(form["client_id"], form["client_secret"]) is not { } module)
            return RefuseSecret(credentials, form);

        await tokens.RevokeAsync(TokenKind.Chosen, module, form["access_token"].ToString(), http.RequestAborted);
        return Results.Ok();
    }

    /// <summary>Whoever has the token may end it: LINE asks for no secret here.</summary>
    private static async Task<IResult> RevokeShortLivedAsync(HttpContext http, ModuleTokens tokens)
    {
        if (await FormAsync(http) is not { } form || form["access_token"].ToString() is not { Length: > 0 } token)
            return Refuse("invalid_request", "some parameters missed or invalid");

        await tokens.RevokeAsync(TokenKind.ShortLived, null, token, http.RequestAborted);
        return Results.Ok();
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return null;

        // Whoever comes here has shown nothing yet: no form of his fills our memory or disk.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = FormBytesMax;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException) // The last: an encoding that nobody has.
        {
            return null; // A stranger's text: no form is an answer here.
        }
    }

    private static IResult RefuseSecret(ModuleCredentials credentials, IFormCollection form) =>
        Refuse("invalid_client", credentials.Knows(form["client_id"]) ? "invalid client_secret" : "invalid client_id");

    private static IResult RefuseAssertion(string problem) =>
        problem == ModuleCredentials.NoSuchKey ? Results.Json(new { message = problem }, statusCode: 404) : Refuse("invalid_client", problem);

    private static IResult Refuse(string error, string description) => Results.Json(new { error, error_description = description }, statusCode: 400);
}
