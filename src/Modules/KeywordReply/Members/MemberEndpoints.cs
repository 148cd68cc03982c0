using System.Text.Encodings.Web;
using Line;
using Microsoft.Extensions.Options;
using Modules.Kit;

namespace KeywordReply;

/// <summary>The member page: who comes from LINE with a link token signs in here, and goes on to LINE with a nonce of ours.</summary>
/// <remarks>The nonce is made only after the sign-in: it stands for the member, the link token for the LINE user, and LINE alone sees both.</remarks>
internal static class MemberEndpoints
{
    private const int TokenCharsMax = 2000;

    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/member", (string? bot, string? linkToken) => IsLink(bot, linkToken) ? SignIn(bot!, linkToken!, null) : Page("這個連結不完整。請回到聊天室，再說一次「會員」。", 400));
        routes.MapPost("/member", PostAsync).DisableAntiforgery(); // Other sites' pages are kept out by UseSameOriginWrites.
    }

    private static async Task<IResult> PostAsync(HttpRequest request, MemberBook book, IOptions<ModuleOptions> options)
    {
        if (!request.HasFormContentType)
            return Page("這裡需要表單。", 400);

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var (bot, linkToken) = (form["bot"].ToString(), form["linkToken"].ToString());
        if (!IsLink(bot, linkToken))
            return Page("這個連結不完整。請回到聊天室，再說一次「會員」。", 400);
        if (DemoMembers.SignIn(form["member"], form["pin"]) is not { } member)
            return SignIn(bot, linkToken, "會員或密碼不對。");

        var nonce = book.Begin(BotId.Parse(bot, null), member);
        var line = new Uri(options.Value.ApiBaseUrl!, $"/dialog/bot/accountLink?linkToken={Uri.EscapeDataString(linkToken)}&nonce={Uri.EscapeDataString(nonce)}");

        // A link, not a redirect: our page lets no form lead to another site.
        return Page($"""<p>{Html(member.Name)}，您好。最後一步：到 LINE 確認。</p><a class="button" data-testid="to-line" href="{Html(line.AbsoluteUri)}">到 LINE 確認</a>""", 200, isMarkup: true);
    }

    private static bool IsLink(string? bot, string? linkToken) => BotId.TryParse(bot, null, out _) && linkToken is { Length: > 0 and <= TokenCharsMax };

    private static IResult SignIn(string bot, string linkToken, string? problem) => Page(
        $"""
        {(problem is null ? "" : $"<p class=\"card bad\" role=\"alert\">{Html(problem)}</p>")}
        <form method="post" action="/member" class="card stack">
          <input type="hidden" name="bot" value="{Html(bot)}">
          <input type="hidden" name="linkToken" value="{Html(linkToken)}">
          <label><span>會員</span><select name="member">{string.Concat(DemoMembers.All.Select(member => $"<option value=\"{Html(member.Id)}\">{Html(member.Name)}</option>"))}</select></label>
          <label><span>密碼</span><input name="pin" type="password" inputmode="numeric" autocomplete="current-password" required></label>
          <button data-testid="member-sign-in">登入並連結</button>
        </form>
        <p class="quiet">連結之後，隨時在聊天室說「取消連結」就能取消。示範會員的密碼：王美玲 2468，Jason Chen 1357。</p>
        """,
        problem is null ? 200 : 401,
        isMarkup: true);

    private static IResult Page(string content, int status, bool isMarkup = false) => Results.Content(
        $"""
        <!doctype html>
        <html lang="zh-Hant">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>會員</title><link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/member.css"></head>
        <body><main><h1>會員</h1>{(isMarkup ? content : $"<p>{Html(content)}</p>")}</main></body>
        </html>
        """,
        "text/html; charset=utf-8",
        statusCode: status);

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);
}
