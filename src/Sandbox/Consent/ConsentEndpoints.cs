using System.Security.Claims;
using Line;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Http;
using Sandbox.Modules;

namespace Sandbox.Consent;

/// <summary>The pages between a provider's "Attach" button and its callback: sign-in, then consent.</summary>
internal sealed class ConsentEndpoints(
    ChannelDirectory channels, AccountDirectory accounts, ManagerDirectory managers, LinkageBook linkages, AuthorizationCodes codes, IAntiforgery antiforgery)
{
    public const string AuthorizePath = "/module/auth/v1/authorize";
    public const string SignInPath = "/module/auth/v1/sign-in";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AuthorizePath, http => Pages(http).AuthorizeAsync(http));
        routes.MapPost(AuthorizePath, http => Pages(http).DecideAsync(http));
        routes.MapGet(SignInPath, http => Pages(http).ShowSignInAsync(http, Continuation(http.Request.Query["continue"]), email: null, fault: null));
        routes.MapPost(SignInPath, http => Pages(http).SignInAsync(http));
        routes.MapPost("/module/auth/v1/sign-out", http => Pages(http).SignOutAsync(http));
    }

    private static ConsentEndpoints Pages(HttpContext http) => http.RequestServices.GetRequiredService<ConsentEndpoints>();

    private async Task AuthorizeAsync(HttpContext http)
    {
        var (request, fault) = AuthorizeRequest.Read(http.Request.Query, channels);
        if (fault is not null)
            await RefuseAsync(http, fault);
        else if (SignedIn(http) is not { } manager)
            http.Response.Redirect(QueryHelpers.AddQueryString(SignInPath, "continue", Here(http)));
        else
            await ShowConsentAsync(http, request!, manager, fault: null);
    }

    private async Task DecideAsync(HttpContext http)
    {
        var (request, fault) = AuthorizeRequest.Read(http.Request.Query, channels);
        if (fault is not null)
        {
            await RefuseAsync(http, fault);
            return;
        }

        if (SignedIn(http) is not { } manager)
        {
            http.Response.Redirect(QueryHelpers.AddQueryString(SignInPath, "continue", Here(http)));
            return;
        }

        var texts = ConsentTexts.For(http.Request);
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            await ShowAsync(http, 400, ConsentPages.Refusal(texts, texts.TooOld));
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        switch (form["decision"].ToString())
        {
            case "cancel":
                GoBack(http, request!.RedirectUri, request.State, ("error", "access_denied"), ("error_description", "The manager did not link the module."));
                break;

            case "link":
                await LinkAsync(http, request!, manager, form, texts);
                break;

            default:
                await ShowConsentAsync(http, request!, manager, fault: null);
                break;
        }
    }

    private async Task LinkAsync(HttpContext http, AuthorizeRequest request, Manager manager, IFormCollection form, ConsentTexts texts)
    {
        var chosen = Eligible(request, manager).Select(entry => entry.Account).FirstOrDefault(account => BotId.TryParse(form["bot_id"].ToString(), null, out var botId) && account.BotId == botId);
        var scopes = request.Scopes.Where(scope => form["scope"].Contains(scope)).ToList();
        if (chosen is null)
            await ShowConsentAsync(http, request, manager, texts.ChooseOne);
        else if (scopes.Count == 0)
            await ShowConsentAsync(http, request, manager, texts.ChoosePermission);
        else
            GoBack(http, request.RedirectUri, request.State, ("code", codes.Issue(request, chosen.BotId, scopes)));
    }

    private async Task SignInAsync(HttpContext http)
    {
        var texts = ConsentTexts.For(http.Request);
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            await ShowAsync(http, 400, ConsentPages.Refusal(texts, texts.TooOld));
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var email = form["email"].ToString();
        var manager = form["demo"].ToString() is { Length: > 0 } demo
            ? managers.TryFind(demo, out var named) && named.IsDemo ? named : null
            : managers.SignIn(email, form["password"].ToString());
        if (manager is null)
        {
            await ShowSignInAsync(http, Continuation(form["continue"]), email, texts.WrongPassword);
            return;
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, manager.Email)], CookieAuthenticationDefaults.AuthenticationScheme);
        await http.SignInAsync(new ClaimsPrincipal(identity));
        http.Response.Redirect(Continuation(form["continue"]) ?? SignInPath);
    }

    private async Task SignOutAsync(HttpContext http)
    {
        if (await antiforgery.IsRequestValidAsync(http))
            await http.SignOutAsync();

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        http.Response.Redirect(Continuation(form["continue"]) ?? SignInPath);
    }

    private Task ShowSignInAsync(HttpContext http, string? continueTo, string? email, string? fault)
    {
        var demoManagers = managers.All().Where(manager => manager.IsDemo).ToList();
        return ShowAsync(http, fault is null ? 200 : 400, ConsentPages.SignIn(ConsentTexts.For(http.Request), FormToken(http), continueTo ?? "", demoManagers, email, fault));
    }

    private Task ShowConsentAsync(HttpContext http, AuthorizeRequest request, Manager manager, string? fault) => ShowAsync(
        http, fault is null ? 200 : 400,
        ConsentPages.Consent(ConsentTexts.For(http.Request), FormToken(http), request, Here(http), manager, Eligible(request, manager), Here(http), fault));

    /// <summary>The accounts that this manager administers and that the request allows.</summary>
    private List<(OfficialAccount Account, bool IsLinked)> Eligible(AuthorizeRequest request, Manager manager) =>
        [.. accounts.All().Where(account => manager.Administers(account.BotId) && request.Allows(account)).Select(account => (account, linkages.TryFind(request.Channel.Id, account.BotId, out _)))];

    private static async Task RefuseAsync(HttpContext http, AuthorizeFault fault)
    {
        if (fault.RedirectUri is { } redirectUri)
            GoBack(http, redirectUri, fault.State, ("error", fault.Error), ("error_description", fault.Description));
        else
            await ShowAsync(http, 400, ConsentPages.Refusal(ConsentTexts.For(http.Request), fault.Description));
    }

    private static void GoBack(HttpContext http, string redirectUri, string? state, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var target = redirectUri;
        foreach (var (name, value) in parameters)
            target = QueryHelpers.AddQueryString(target, name, value);
        http.Response.Redirect(state is null ? target : QueryHelpers.AddQueryString(target, "state", state));
    }

    private static async Task ShowAsync(HttpContext http, int status, Html page)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var headers = http.Response.Headers;
        // No form-action: browsers apply it to the redirect after the form too, and that leads to the provider.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        await http.Response.WriteAsync(page.Markup, http.RequestAborted);
    }

    private string FormToken(HttpContext http) => antiforgery.GetAndStoreTokens(http).RequestToken!;

    private Manager? SignedIn(HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } email && managers.TryFind(email, out var manager) ? manager : null;

    private static string Here(HttpContext http) => $"{AuthorizePath}{http.Request.QueryString}";

    /// <summary>Where to go after sign-in: back to the authorization page, never anywhere else.</summary>
    private static string? Continuation(string? wish) => wish?.StartsWith($"{AuthorizePath}?", StringComparison.Ordinal) == true ? wish : null;
}
