// Form fields, kept stable because tests and programs fill them in over HTTP: POST /dialog/bot/accountLink with linkToken, nonce (hidden) and person (the button).
using Sandbox.Accounts;
using Sandbox.Http;

namespace Sandbox.AccountLinks;

/// <summary>The markup of LINE's account link dialog. Plain HTML without script.</summary>
/// <remarks>LINE knows who is in its browser; here whoever tries it out says so by a button.</remarks>
internal static class AccountLinkPages
{
    public static Html Dialog(AccountLinkTexts texts, AccountLinkRequest request, Person holder, IReadOnlyList<Person> others) => Page(texts, texts.Title, "account-link", Html.Of($"""
        <h1>{texts.Title}</h1>
        <p class="who"><img src="{request.Account.AvatarPath}" alt="" width="40" height="40"> <strong>{request.Account.Name}</strong></p>
        <p>{texts.Intro}</p>
        <p class="hint">{texts.Unlink}</p>
        <form method="post" action="/dialog/bot/accountLink?lang={texts.Language}">
          {Hidden("linkToken", request.LinkToken)}{Hidden("nonce", request.Nonce)}
          <div class="decisions"><button class="main" type="submit" name="person" value="{holder.Id}" data-testid="account-link-agree">{texts.Agree} {holder.Name}</button></div>
          <details class="demo"><summary>{texts.SomebodyElse}</summary>
            <p class="hint">{texts.SomebodyElseIntro}</p>
            {Html.Join(others.Select(other => Html.Of($"""<button type="submit" name="person" value="{other.Id}">{other.Name}</button>""")))}
          </details>
        </form>
        """));

    public static Html Done(AccountLinkTexts texts) => Page(texts, texts.DoneTitle, "account-link-done", Html.Of($"""
        <h1>{texts.DoneTitle}</h1>
        <p>{texts.Done}</p>
        """));

    public static Html Failed(AccountLinkTexts texts) => Page(texts, texts.FailedTitle, "account-link-failed", Html.Of($"""
        <h1>{texts.FailedTitle}</h1>
        <p class="fault" role="alert">{texts.Failed}</p>
        """));

    public static Html Error(AccountLinkTexts texts) => Page(texts, texts.FailedTitle, "account-link-error", Html.Of($"""
        <h1>{texts.FailedTitle}</h1>
        <p class="fault" role="alert">{texts.Error}</p>
        """));

    private static Html Page(AccountLinkTexts texts, string title, string testId, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>{title}</title>
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

    private static Html Hidden(string name, string value) => Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");
}
