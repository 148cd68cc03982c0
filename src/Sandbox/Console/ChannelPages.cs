using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Http;

namespace Sandbox.Console;

/// <summary>Messaging API channels as LINE Developers shows them to their owner: id, secret, webhook URL and the "Use webhook" switch. <c>/sandbox/channels</c>.</summary>
/// <remarks>Everybody may read it: this platform plays one machine's owner. Plain HTML without script, under the consent pages' style.</remarks>
internal static class ChannelPages
{
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/channels", (HttpContext http, ChannelDirectory channels, AccountDirectory accounts) =>
        {
            http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
            http.Response.Headers.CacheControl = "no-store"; // It shows secrets.
            return Results.Content(Page(channels.All().Where(channel => channel.PrimaryOf is not null), accounts).Markup, "text/html; charset=utf-8");
        });

        // Under /sandbox/api, where no other origin's page gets in.
        routes.MapPost("/sandbox/api/channels/{channelId}/use-webhook", (ChannelId channelId, ChannelDirectory channels) =>
            channels.Change(channelId, channel => channel with { UsesWebhook = !channel.UsesWebhook }) is null ? ConsoleAnswers.Unknown("channel") : Results.Redirect("/sandbox/channels"));
    }

    private static Html Page(IEnumerable<Channel> channels, AccountDirectory accounts) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Messaging API channels</title>
          <link rel="icon" href="/phone/pictures/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/module/auth/v1/consent.css">
        </head>
        <body>
        <p class="sandbox" role="note">Sandbox: this page stands for LINE Developers. No account here is real.</p>
        <main class="card">
        <h1>Messaging API channels</h1>
        {Html.Join(channels.Select(channel => Section(channel, accounts)))}
        </main>
        </body>
        </html>
        """);

    private static Html Section(Channel channel, AccountDirectory accounts)
    {
        var account = accounts.TryFind(channel.PrimaryOf!.Value, out var found) ? $"{found.Name} · {found.EnglishName} · {found.BasicId}" : channel.Name;
        return Html.Of($"""
            <section aria-labelledby="c{channel.Id.ToString()}">
              <h2 id="c{channel.Id.ToString()}">{account}</h2>
              <h3>Basic settings</h3>
              {Value("Channel ID", $"id-{channel.Id}", channel.Id.ToString())}
              {Value("Channel secret", $"secret-{channel.Id}", channel.Secret)}
              <h3>Messaging API</h3>
              {Value("Webhook URL", $"url-{channel.Id}", channel.WebhookUrl ?? "")}
              <form method="post" action="/sandbox/api/channels/{channel.Id.ToString()}/use-webhook">
                <p>Use webhook: <strong>{(channel.UsesWebhook ? "on" : "off")}</strong> <button type="submit">{(channel.UsesWebhook ? "Switch off" : "Switch on")}</button></p>
              </form>
            </section>
            """);
    }

    private static Html Value(string label, string id, string value) =>
        Html.Of($"""<label class="field">{label}<input id="{id}" value="{value}" readonly></label>""");
}
