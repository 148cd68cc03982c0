using System.Globalization;
using Line;
using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Faults;
using Sandbox.Http;
using Sandbox.Notifications;
using Sandbox.Time;

namespace Sandbox.Console;

/// <summary>Where a person plays LINE's bad days: faults to order, the time to move, and who takes notification messages. <c>/sandbox/trouble</c>.</summary>
/// <remarks>Plain HTML without script, under the consent pages' style. Its forms go under <c>/sandbox/api</c>, where no other origin's page gets in.</remarks>
internal static class TroublePages
{
    private const string Path = "/sandbox/trouble";
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly IReadOnlyList<(FaultKind Kind, string Says)> Kinds =
    [
        (FaultKind.Api429, "Calls: refuse with 429"),
        (FaultKind.Api500, "Calls: fail with 500, not done"),
        (FaultKind.ApiTimeout, "Calls: never answer, not done"),
        (FaultKind.ApiLostAnswer, "Calls: do it, but lose the answer"),
        (FaultKind.ApiSlow, "Calls: wait first"),
        (FaultKind.WebhookDelay, "Webhooks: send late, the chat waits"),
        (FaultKind.WebhookReorder, "Webhooks: send late, others overtake"),
        (FaultKind.WebhookDuplicate, "Webhooks: send twice"),
        (FaultKind.WebhookDrop, "Webhooks: never send"),
        (FaultKind.WebhookWrongSignature, "Webhooks: sign wrongly, then redeliver"),
        (FaultKind.WebhookUnknownProperty, "Webhooks: add an unknown property"),
        (FaultKind.AttachedFirst, "Attach: send the event before the answer"),
        (FaultKind.TranscodingFails, "Content: a film cannot be prepared"),
        (FaultKind.NarrowcastFails, "Narrowcast: accepted, then fails"),
        (FaultKind.AudienceFails, "Audience: upload accepted, then fails"),
        (FaultKind.RichMenuBatchFails, "Rich menus: batch accepted, then fails"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, FaultBook faults, AccountDirectory accounts, PeopleDirectory people, NoticeBook notices, SandboxClock clock) =>
        {
            http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            http.Response.Headers.CacheControl = "no-store";
            return Results.Content(Page(faults, accounts, people, notices, clock).Markup, "text/html; charset=utf-8");
        });

        var forms = routes.MapGroup("/sandbox/api/trouble");
        forms.MapPost("/faults", OrderAsync);
        forms.MapPost("/faults/clear", (FaultBook faults) =>
        {
            faults.Clear();
            return Results.Redirect(Path);
        });
        forms.MapPost("/clock", MoveAsync);
        forms.MapPost("/phone-numbers/{personId}", SetNumberAsync);
    }

    private static async Task<IResult> OrderAsync(HttpRequest request, FaultBook faults, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        var isBot = BotId.TryParse(form["botId"], null, out var botId);
        if (!Enum.TryParse<FaultKind>(form["kind"], out var kind) || !Enum.IsDefined(kind)
            || !TryNumber(form["times"], 1, 100_000, out var times) || !TryNumber(form["delayMillis"], 0, (int)TroubleConsole.DelayMax.TotalMilliseconds, out var delay))
        {
            return ConsoleAnswers.Invalid("kind must be one of the list, times 1 to 100000, delay 0 to 600000 ms.");
        }

        faults.Add(kind, isBot ? botId : null, form["path"].ToString() is { Length: > 0 } path ? path : null, times, TimeSpan.FromMilliseconds(delay));
        return Results.Redirect(Path);
    }

    private static async Task<IResult> MoveAsync(HttpRequest request, SandboxClock clock, IOptions<SandboxOptions> options, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        if (!options.Value.ClockMovable)
            return Results.Json(new { Code = "notMovable", Message = "Sandbox:ClockMovable is off." }, statusCode: 409);
        if (!TryNumber(form["seconds"], 1, 31_536_000, out var seconds))
            return ConsoleAnswers.Invalid("seconds must be 1 to 31536000.");

        clock.Move(TimeSpan.FromSeconds(seconds));
        return Results.Redirect(Path);
    }

    private static async Task<IResult> SetNumberAsync(string personId, HttpRequest request, NoticeBook notices, PeopleDirectory people, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        if (!people.TryFind(personId, out _))
            return ConsoleAnswers.Unknown("person");
        if (!NoticeRoutes.IsNumber(form["number"].ToString()) || !Enum.TryParse<NoticeConsent>(form["consent"], out var consent) || !Enum.IsDefined(consent))
            return ConsoleAnswers.Invalid("number must be + and 8 to 15 digits, consent one of the list.");

        var isSet = notices.TrySet(new PhoneNumber(personId, form["number"].ToString(), consent, NeedsSms: form.ContainsKey("needsSms"), AcceptsPolicy: form.ContainsKey("acceptsPolicy")));
        return isSet ? Results.Redirect(Path) : ConsoleAnswers.Taken("number");
    }

    private static Html Page(FaultBook faults, AccountDirectory accounts, PeopleDirectory people, NoticeBook notices, SandboxClock clock) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Trouble at LINE</title>
          <link rel="icon" href="/phone/pictures/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/module/auth/v1/consent.css">
        </head>
        <body>
        <p class="sandbox" role="note">Sandbox: what goes wrong here goes wrong on purpose.</p>
        <main class="card">
        <h1>Trouble at LINE</h1>
        {Order(accounts)}
        {Waiting(faults, accounts)}
        {Clock(clock)}
        <section aria-labelledby="notices">
          <h2 id="notices">Who takes notification messages</h2>
          <p class="hint">A notice to somebody who was never asked, or must confirm by SMS, waits a day for it. Numbers outside Japan, Thailand and Taiwan are never reached.</p>
          {Html.Join(people.All().Select(person => Number(person, notices)))}
        </section>
        </main>
        </body>
        </html>
        """);

    private static Html Order(AccountDirectory accounts) => Html.Of($"""
        <section aria-labelledby="order">
          <h2 id="order">Let something go wrong</h2>
          <form method="post" action="/sandbox/api/trouble/faults">
            <label class="field">What <select name="kind">{Html.Join(Kinds.Select(one => Html.Of($"""<option value="{one.Kind.ToString()}">{one.Says}</option>""")))}</select></label>
            <label class="field">Whose <select name="botId"><option value="">Anybody's</option>{Html.Join(accounts.All().Select(one => Html.Of($"""<option value="{one.BotId.ToString()}">{one.Name} · {one.EnglishName}</option>""")))}</select></label>
            <label class="field">Only calls whose path begins with<input name="path" placeholder="/v2/bot/message/push" maxlength="200"></label>
            <label class="field">How often<input name="times" type="number" min="1" max="100000" value="1" required></label>
            <label class="field">How late, in milliseconds<input name="delayMillis" type="number" min="0" max="600000" value="5000" required></label>
            <button class="main" type="submit">Order it</button>
          </form>
        </section>
        """);

    private static Html Waiting(FaultBook faults, AccountDirectory accounts) => faults.All() is { Count: > 0 } waiting
        ? Html.Of($"""
            <section aria-labelledby="waiting">
              <h2 id="waiting">Still to come</h2>
              <ul>{Html.Join(waiting.Select(fault => Html.Of($"""<li data-testid="fault">{Says(fault.Kind)}, {Times(fault.Remaining)}{Where(fault, accounts)}</li>""")))}</ul>
              <form method="post" action="/sandbox/api/trouble/faults/clear"><button type="submit">Forget them all</button></form>
            </section>
            """)
        : Html.Of($"""<p class="hint" data-testid="no-faults">Nothing is ordered: all goes well.</p>""");

    private static Html Clock(SandboxClock clock) => Html.Of($"""
        <section aria-labelledby="clock">
          <h2 id="clock">Let time pass</h2>
          <p class="hint">Here it is {clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC.</p>
          <form method="post" action="/sandbox/api/trouble/clock" class="decisions">
            <button name="seconds" value="60" type="submit">A minute</button>
            <button name="seconds" value="3600" type="submit">An hour</button>
            <button name="seconds" value="86400" type="submit">A day</button>
          </form>
        </section>
        """);

    private static Html Number(Person person, NoticeBook notices)
    {
        var number = notices.NumberOf(person.Id);
        var waiting = notices.WaitingFor(person.Id).Count;
        return Html.Of($"""
            <form method="post" action="/sandbox/api/trouble/phone-numbers/{person.Id}">
              <h3>{person.Name}</h3>
              <label class="field">Telephone number<input name="number" value="{number?.Number ?? ""}" placeholder="+886912345678" pattern="\+[0-9]{"{8,15}"}" required></label>
              <label class="field">Notification messages <select name="consent">{Html.Join(Enum.GetValues<NoticeConsent>().Select(one => Option(one, number?.Consent)))}</select></label>
              <label class="choice"><input type="checkbox" name="needsSms" {Checked(number?.NeedsSms == true)}>Must confirm by SMS first</label>
              <label class="choice"><input type="checkbox" name="acceptsPolicy" {Checked(number?.AcceptsPolicy != false)}>Accepted LINE's privacy policy</label>
              <p class="hint">{(waiting == 0 ? "" : $"Waiting: {waiting.ToString(CultureInfo.InvariantCulture)}")}</p>
              <button type="submit">Save</button>
            </form>
            """);
    }

    private static Html Option(NoticeConsent consent, NoticeConsent? chosen) => Html.Of($"""
        <option value="{consent.ToString()}" {new Html(consent == chosen ? "selected" : "")}>{consent switch { NoticeConsent.Agreed => "agreed", NoticeConsent.NotSet => "never asked", _ => "refused" }}</option>
        """);

    private static Html Checked(bool isChecked) => new(isChecked ? "checked" : "");

    private static string Says(FaultKind kind) => Kinds.First(one => one.Kind == kind).Says;

    private static string Times(int times) => times == 1 ? "once" : $"{times.ToString(CultureInfo.InvariantCulture)} times";

    private static string Where(Fault fault, AccountDirectory accounts) =>
        (fault.BotId is { } botId && accounts.TryFind(botId, out var account) ? $", {account.Name}" : "") + (fault.Path is { } path ? $", {path}" : "");

    private static bool TryNumber(string? text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max;
}
