// Form fields, kept stable because tests and the demo fill them in over HTTP. The anti-forgery field must be sent back together with the page's cookie.
//
//   sign-in   POST /module/auth/v1/sign-in     form_token (hidden), continue (hidden: the authorization URL), email, password; or demo = a manager's e-mail address
//   consent   POST /module/auth/v1/authorize?<the query it was opened with>
//                                               form_token (hidden), bot_id, scope (repeated: what stays ticked), decision = link | cancel
//   sign-out  POST /module/auth/v1/sign-out    form_token (hidden), continue (hidden)
using Sandbox.Accounts;
using Sandbox.Http;

namespace Sandbox.Consent;

/// <summary>The markup of the sign-in and consent pages. Plain HTML without script.</summary>
internal static class ConsentPages
{
    public const string TokenField = "form_token";

    public static Html SignIn(ConsentTexts texts, string token, string continueTo, IReadOnlyList<Manager> demoManagers, string? email, string? fault) => Page(texts, texts.SignInTitle, Html.Of($"""
        <h1>{texts.SignInTitle}</h1>
        <p>{texts.SignInIntro}</p>
        {Fault(fault)}
        <form method="post" action="/module/auth/v1/sign-in{Language(texts)}">
          {Hidden(TokenField, token)}{Hidden("continue", continueTo)}
          <label class="field">{texts.Email}<input name="email" type="email" autocomplete="username" value="{email}" required></label>
          <label class="field">{texts.Password}<input name="password" type="password" autocomplete="current-password" required></label>
          <button class="main" type="submit">{texts.SignIn}</button>
        </form>
        {Demo(texts, token, continueTo, demoManagers)}
        """));

    public static Html Consent(
        ConsentTexts texts, string token, AuthorizeRequest request, string action, Manager manager, IReadOnlyList<(OfficialAccount Account, bool IsLinked)> accounts, string continueTo, string? fault) =>
        Page(texts, texts.ConsentTitle, Html.Of($"""
        <h1>{texts.ConsentTitle}</h1>
        <p class="who"><strong>{request.Channel.Name}</strong> {texts.ConsentIntro}</p>
        {Fault(fault)}
        <form method="post" action="{action}">
          {Hidden(TokenField, token)}
          <fieldset><legend>{texts.ChooseAccount}</legend>
          {Accounts(texts, accounts)}
          </fieldset>
          <fieldset><legend>{texts.Permissions}</legend><p class="hint">{texts.PermissionsIntro}</p>
          {Html.Join(request.Scopes.Select(scope => Html.Of($"""<label class="choice"><input type="checkbox" name="scope" value="{scope}" checked><span>{texts.Scopes[scope]}<small>{scope}</small></span></label>""")))}
          </fieldset>
          <div class="decisions">
            <button type="submit" name="decision" value="cancel" formnovalidate>{texts.Cancel}</button>
            {(accounts.Count == 0 ? Html.Nothing : Html.Of($"""<button class="main" type="submit" name="decision" value="link">{texts.Link}</button>"""))}
          </div>
          <p class="hint">{texts.CloseHint}</p>
        </form>
        <form class="signed-in" method="post" action="/module/auth/v1/sign-out">
          {Hidden(TokenField, token)}{Hidden("continue", continueTo)}
          <span>{texts.SignedInAs} <strong>{manager.Name}</strong></span> <button class="quiet" type="submit">{texts.OtherManager}</button>
        </form>
        """));

    public static Html Refusal(ConsentTexts texts, string description) => Page(texts, texts.FaultTitle, Html.Of($"""
        <h1>{texts.FaultTitle}</h1>
        <p class="fault" role="alert">{description}</p>
        """));

    private static Html Page(ConsentTexts texts, string title, Html content) => Html.Of($"""
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
        <main class="card">
        {content}
        </main>
        </body>
        </html>
        """);

    private static Html Demo(ConsentTexts texts, string token, string continueTo, IReadOnlyList<Manager> managers) => managers.Count == 0 ? Html.Nothing : Html.Of($"""
        <section class="demo" aria-labelledby="demo">
          <h2 id="demo">{texts.DemoTitle}</h2>
          <p class="hint">{texts.DemoIntro}</p>
          <form method="post" action="/module/auth/v1/sign-in{Language(texts)}">
            {Hidden(TokenField, token)}{Hidden("continue", continueTo)}
            {Html.Join(managers.Select(manager => Html.Of($"""<button type="submit" name="demo" value="{manager.Email}">{manager.Name}<small>{manager.Email}</small></button>""")))}
          </form>
        </section>
        """);

    private static Html Accounts(ConsentTexts texts, IReadOnlyList<(OfficialAccount Account, bool IsLinked)> accounts) => accounts.Count == 0
        ? Html.Of($"""<p class="fault">{texts.NoAccount}</p>""")
        : Html.Join(accounts.Select(entry => Html.Of($"""
            <label class="choice"><input type="radio" name="bot_id" value="{entry.Account.BotId.ToString()}" required {(accounts.Count == 1 ? Html.Of($"checked") : Html.Nothing)}>
              <img src="{entry.Account.AvatarPath}" alt="" width="40" height="40">
              <span>{entry.Account.Name}<small>{entry.Account.EnglishName} · {entry.Account.BasicId} · {texts.Brands[entry.Account.BrandType]}{(entry.IsLinked ? $" · {texts.Linked}" : "")}</small></span></label>
            """)));

    private static Html Fault(string? text) => text is null ? Html.Nothing : Html.Of($"""<p class="fault" role="alert">{text}</p>""");

    private static Html Hidden(string name, string value) => Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    private static string Language(ConsentTexts texts) => $"?lang={texts.Language}";
}
