namespace ModuleGateway.AccountLinks;

/// <summary>GET /dialog/bot/accountLink, in place of the page of that name at https://access.line.me: where a module's own page sends the browser.</summary>
internal static class AccountLinkDialog
{
    private const string SorryEnglish = "This link has expired or is not complete. Go back to the chat and begin again.";
    private const string SorryChinese = "這個連結已失效或不完整。請回到聊天室，重新開始一次。";

    public static void MapAccountLinks(this IEndpointRouteBuilder routes) => routes.MapGet("/dialog/bot/accountLink", async (HttpContext http, AccountLinking linking) =>
    {
        var (query, headers) = (http.Request.Query, http.Response.Headers);
        headers["Referrer-Policy"] = "no-referrer"; // The link token stands in this address.
        headers.CacheControl = "no-store";
        return query["linkToken"] is [{ } linkToken] && query["nonce"] is [{ } nonce] && await linking.BeginAsync(linkToken, nonce, http.RequestAborted) is { } line
            ? Results.Redirect(line.AbsoluteUri)
            : Results.Text(http.Request.Headers.AcceptLanguage.ToString().StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? SorryChinese : SorryEnglish, statusCode: 400);
    });
}
