using System.Net;

namespace ModuleGateway.AccountLinks;

/// <summary>GET /dialog/bot/accountLink, in place of the page of that name at https://access.line.me: where a module's own page sends the browser.</summary>
internal static class AccountLinkDialog
{
    /// <summary>In the languages of the people who come here, English for everybody else.</summary>
    private static readonly Dictionary<string, (string Title, string Text)> Sorry = new()
    {
        ["en"] = ("This link no longer works", "It has expired or is not complete. Go back to the chat and begin again."),
        ["zh-Hant"] = ("這個連結已失效", "連結已過期或不完整。請回到聊天室，重新開始一次。"),
        ["ja"] = ("このリンクは使えません", "有効期限が切れたか、リンクが正しくありません。トークに戻って、もう一度はじめからお試しください。"),
        ["th"] = ("ลิงก์นี้ใช้ไม่ได้แล้ว", "ลิงก์หมดอายุหรือไม่ครบถ้วน กรุณากลับไปที่แชทแล้วเริ่มใหม่อีกครั้ง"),
    };

    public static void MapAccountLinks(this IEndpointRouteBuilder routes) => routes.MapGet("/dialog/bot/accountLink", async (HttpContext http, AccountLinking linking) =>
    {
        var (query, headers) = (http.Request.Query, http.Response.Headers);
        headers["Referrer-Policy"] = "no-referrer"; // The link token stands in this address.
        headers.CacheControl = "no-store";
        return query["linkToken"] is [{ } linkToken] && query["nonce"] is [{ } nonce] && await linking.BeginAsync(linkToken, nonce, http.RequestAborted) is { } line
            ? Results.Redirect(line.AbsoluteUri)
            : SorryPage(http);
    });

    private static IResult SorryPage(HttpContext http)
    {
        var language = LanguageOf(http.Request);
        var (title, text) = Sorry[language];
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.Vary = "Accept-Language";
        return Results.Content(
            $$"""
            <!doctype html>
            <html lang="{{language}}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>{{WebUtility.HtmlEncode(title)}}</title>
            <style>
            :root { color-scheme: light dark; }
            body { display: grid; min-height: 100vh; margin: 0; place-content: center; padding: 1.5rem; box-sizing: border-box; font: 1rem/1.7 system-ui, "Noto Sans TC", "Noto Sans JP", "Noto Sans Thai", sans-serif; color: light-dark(#221f4b, #ecebf7); background: light-dark(#f7f7fb, #17162b); }
            main { max-width: 26rem; }
            h1 { margin: 0 0 .5rem; font-size: 1.4rem; line-height: 1.3; }
            p { margin: 0; }
            </style>
            </head>
            <body><main><h1>{{WebUtility.HtmlEncode(title)}}</h1><p>{{WebUtility.HtmlEncode(text)}}</p></main></body>
            </html>
            """,
            "text/html; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);
    }

    /// <summary>The first of the browser's languages, by its wish, that there is a text in.</summary>
    private static string LanguageOf(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(one => one.Quality ?? 1)
        .Select(one => one.Value.ToString())
        .Select(tag => tag.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh-Hant" : Sorry.Keys.FirstOrDefault(known => tag.Split('-')[0].Equals(known, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(known => known is not null) ?? "en";
}
