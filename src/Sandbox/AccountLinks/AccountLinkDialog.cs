using Sandbox.Accounts;
using Sandbox.Http;

namespace Sandbox.AccountLinks;

/// <summary><c>/dialog/bot/accountLink</c>, LINE's page to which a partner's service leads the browser with a link token and its nonce.</summary>
internal static class AccountLinkDialog
{
    public const string Path = "/dialog/bot/accountLink";

    /// <summary>Where the phone keeps whose it is; read here because LINE knows who is in its browser.</summary>
    private const string HolderCookie = "line-sandbox-phone";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync);
        routes.MapPost(Path, FinishAsync).DisableAntiforgery(); // The link token itself is the proof: single use, and known to nobody but its issuer.
    }

    private static Task ShowAsync(HttpContext http, AccountLinking linking, PeopleDirectory people)
    {
        var texts = AccountLinkTexts.For(http.Request);
        if (linking.Look(http.Request.Query["linkToken"], http.Request.Query["nonce"]) is not { } request)
            return WriteAsync(http, 400, AccountLinkPages.Error(texts));

        var holder = http.Request.Cookies[HolderCookie] is { } id && people.TryFind(id, out var named) ? named : request.Person;
        return WriteAsync(http, 200, AccountLinkPages.Dialog(texts, request, holder, [.. people.All().Where(person => person != holder)]));
    }

    private static async Task FinishAsync(HttpContext http, AccountLinking linking, PeopleDirectory people)
    {
        var texts = AccountLinkTexts.For(http.Request);
        var isOurs = http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"; // Nobody is linked by a page of another origin.
        var form = isOurs && http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var isLinked = people.TryFind(form["person"].ToString(), out var by) ? linking.Finish(form["linkToken"], form["nonce"], by) : null;
        await (isLinked switch
        {
            true => WriteAsync(http, 200, AccountLinkPages.Done(texts)),
            false => WriteAsync(http, 200, AccountLinkPages.Failed(texts)),
            null => WriteAsync(http, 400, AccountLinkPages.Error(texts)),
        });
    }

    private static Task WriteAsync(HttpContext http, int status, Html page)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer"; // The address bears the link token.
        headers.CacheControl = "no-store";
        return http.Response.WriteAsync(page.Markup, http.RequestAborted);
    }
}
