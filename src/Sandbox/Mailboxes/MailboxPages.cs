using System.Globalization;
using System.Text.RegularExpressions;
using Sandbox.Http;

namespace Sandbox.Mailboxes;

/// <summary>The mailbox, for whoever tries things out: <c>/sandbox/mail</c>, and its door for the sender, <c>POST /sandbox/api/mail</c>.</summary>
/// <remarks>Plain HTML without script, under the consent pages' style. A mail's own HTML is shown in a frame that may run nothing.</remarks>
internal static partial class MailboxPages
{
    public const string Path = "/sandbox/mail";

    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const string MailsPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sandbox/api/mail", Receive);
        routes.MapGet("/sandbox/api/mail/{address}", (string address, Mailbox mailbox) => mailbox.Of(address));
        routes.MapGet(Path, (HttpContext http, Mailbox mailbox) => Show(http, Overview(mailbox)));
        routes.MapGet(Path + "/{address}", (HttpContext http, string address, Mailbox mailbox) => Show(http, Inbox(address, mailbox.Of(address))));
        routes.MapGet(Path + "/{address}/{id:guid}", (HttpContext http, Guid id, Mailbox mailbox) => mailbox.Find(id) is { } mail ? Show(http, Whole(mail)) : Results.NotFound());
        routes.MapGet(Path + "/{address}/{id:guid}/html", (HttpContext http, Guid id, Mailbox mailbox) =>
        {
            if (mailbox.Find(id) is not { } mail)
                return Results.NotFound();

            Protect(http, MailsPolicy);
            return Results.Content(mail.Html, "text/html; charset=utf-8");
        });
    }

    private static IResult Receive(MailRequest body, Mailbox mailbox)
    {
        if (body.Id is not { } id || body.To is not { Length: >= 3 and <= 254 } to || !to.Contains('@', StringComparison.Ordinal) || body.Subject is null || body.Text is null)
            return Results.Json(new { Code = "invalid", Message = "A mail needs id, to (an address), subject and text." }, statusCode: 400);

        mailbox.Receive(id, body.From ?? "", to, body.Subject, body.Text, body.Html ?? "");
        return Results.NoContent();
    }

    private static Html Overview(Mailbox mailbox)
    {
        var addresses = mailbox.Addresses();
        return Page("Mailboxes", Html.Of($"""
            <h1>Mailboxes</h1>
            <p>Mails that the marketplace sent on this machine. Nothing left it.</p>
            {(addresses.Count == 0 ? Html.Of($"<p>No mail yet.</p>") : Html.Of($"<ul>{Html.Join(addresses.Select(entry => Html.Of($"""<li><a href="{LinkTo(entry.Address)}">{entry.Address}</a> <small>({entry.Count.ToString(CultureInfo.InvariantCulture)})</small></li>""")))}</ul>"))}
            """));
    }

    private static Html Inbox(string address, IReadOnlyList<ReceivedMail> mails) => Page(address, Html.Of($"""
        <p><a href="{Path}">All mailboxes</a></p>
        <h1>{address}</h1>
        {(mails.Count == 0 ? Html.Of($"<p>No mail yet. Reload this page to look again.</p>") : Html.Nothing)}
        {Html.Join(mails.Select(mail => Html.Of($"""<p data-testid="mail"><a href="{LinkTo(mail.To)}/{mail.Id.ToString()}">{mail.Subject}</a><br><small>{mail.ReceivedAt.ToString("u", CultureInfo.InvariantCulture)} · {mail.From}</small></p>""")))}
        """));

    private static Html Whole(ReceivedMail mail) => Page(mail.Subject, Html.Of($"""
        <p><a href="{LinkTo(mail.To)}">{mail.To}</a></p>
        <h1 data-testid="mail-subject">{mail.Subject}</h1>
        <p><small>{mail.ReceivedAt.ToString("u", CultureInfo.InvariantCulture)} · {mail.From}</small></p>
        <div class="mail-text" data-testid="mail-text">{Linked(mail.Text)}</div>
        <details><summary>As HTML</summary><iframe class="mail-html" title="{mail.Subject}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="{LinkTo(mail.To)}/{mail.Id.ToString()}/html"></iframe></details>
        """));

    /// <summary>Addresses become links; everything else stays text.</summary>
    private static Html Linked(string text)
    {
        var pieces = new List<Html>();
        var at = 0;
        foreach (Match match in Address().Matches(text))
        {
            pieces.Add(Html.Of($"{text[at..match.Index]}"));
            pieces.Add(Html.Of($"""<a href="{match.Value}" data-testid="mail-link">{match.Value}</a>"""));
            at = match.Index + match.Length;
        }

        pieces.Add(Html.Of($"{text[at..]}"));
        return Html.Join(pieces);
    }

    private static string LinkTo(string address) => $"{Path}/{Uri.EscapeDataString(address)}";

    private static IResult Show(HttpContext http, Html page)
    {
        Protect(http, ContentSecurityPolicy);
        return Results.Content(page.Markup, "text/html; charset=utf-8");
    }

    private static void Protect(HttpContext http, string policy)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer"; // Links in mails open things.
        headers.CacheControl = "no-store";
    }

    private static Html Page(string title, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>{title}</title>
          <link rel="icon" href="/phone/pictures/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/module/auth/v1/consent.css">
        </head>
        <body>
        <p class="sandbox" role="note">Stand-in mailbox: these mails went nowhere else.</p>
        <main class="card" data-testid="mailbox">
        {content}
        </main>
        </body>
        </html>
        """);

    [GeneratedRegex(@"https?://[^\s<>""]+")]
    private static partial Regex Address();

    private sealed record MailRequest(Guid? Id, string? From, string? To, string? Subject, string? Text, string? Html);
}
