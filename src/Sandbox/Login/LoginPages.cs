// Form fields, kept stable because tests fill them in over HTTP: POST /oauth2/v2.1/authorize?<the query it was opened with> with person (the button), or decision = cancel.
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Consent;
using Sandbox.Http;

namespace Sandbox.Login;

/// <summary>LINE Login's page at <c>/oauth2/v2.1/authorize</c>. LINE knows who is in its browser; here whoever tries it out says so by a button.</summary>
internal static class LoginPages
{
    private const string Path = "/oauth2/v2.1/authorize";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync);
        routes.MapPost(Path, DecideAsync).DisableAntiforgery(); // State and nonce are the client's own, and Sec-Fetch-Site keeps other sites' forms out.
    }

    private static Task ShowAsync(HttpContext http, IOptions<SandboxOptions> options, PeopleDirectory people)
    {
        var texts = LoginTexts.For(http.Request);
        var (request, fault) = LoginRequest.Read(http.Request.Query, options.Value.LoginChannel);
        return request is null
            ? WriteAsync(http, 400, Page(texts, "login-error", Html.Of($"""<h1>{texts.Title}</h1><p class="fault" role="alert">{fault}</p>""")))
            : WriteAsync(http, 200, Page(texts, "login", Dialog(texts, options.Value.LoginChannel!.Name, $"{Path}{http.Request.QueryString}", request, people.All())));
    }

    private static async Task DecideAsync(HttpContext http, IOptions<SandboxOptions> options, PeopleDirectory people, LoginCodes codes)
    {
        var (request, _) = LoginRequest.Read(http.Request.Query, options.Value.LoginChannel);
        var isOurs = http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin";
        if (request is null || !isOurs || !http.Request.HasFormContentType)
        {
            await ShowAsync(http, options, people);
            return;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["decision"] == "cancel")
            GoBack(http, request, ("error", "access_denied"), ("error_description", "The resource owner denied the request."));
        else if (people.TryFind(form["person"].ToString(), out var person))
            GoBack(http, request, ("code", codes.Issue(request, person)));
        else
            await ShowAsync(http, options, people);
    }

    private static void GoBack(HttpContext http, LoginRequest request, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var target = request.RedirectUri;
        foreach (var (name, value) in parameters)
            target = QueryHelpers.AddQueryString(target, name, value);
        http.Response.Redirect(QueryHelpers.AddQueryString(target, "state", request.State));
    }

    private static Html Dialog(LoginTexts texts, string client, string action, LoginRequest request, IReadOnlyList<Person> people) => Html.Of($"""
        <h1>{texts.Title}</h1>
        <p class="who"><strong>{client}</strong> {texts.Intro}</p>
        <ul>{Html.Join(request.Scopes.Select(scope => Html.Of($"<li>{texts.Scopes[scope]}</li>")))}</ul>
        <form method="post" action="{action}">
          <div class="demo"><p class="hint">{texts.Choose}</p>
          {Html.Join(people.Select(person => Html.Of($"""<button type="submit" name="person" value="{person.Id}" data-testid="line-login-{person.Id}">{person.Name}</button>""")))}
          </div>
          <div class="decisions"><button type="submit" name="decision" value="cancel" data-testid="line-login-cancel">{texts.Cancel}</button></div>
        </form>
        """);

    private static Html Page(LoginTexts texts, string testId, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>{texts.Title}</title>
          <link rel="icon" href="/phone/pictures/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/module/auth/v1/consent.css">
        </head>
        <body>
        <p class="sandbox" role="note">{texts.SandboxNote}</p>
        <main class="card" data-testid="{testId}">
        {content}
        </main>
        </body>
        </html>
        """);

    private static Task WriteAsync(HttpContext http, int status, Html page)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var headers = http.Response.Headers;
        // No form-action: browsers apply it to the redirect after the form too, and that leads to the client.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return http.Response.WriteAsync(page.Markup, http.RequestAborted);
    }
}
