using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Faults;
using Sandbox.Http;
using Sandbox.Modules;
using Sandbox.Tokens;
using Sandbox.Webhooks;

namespace Sandbox.Consent;

/// <summary>Exchanges an authorization code, which is the attach: the answer names the Bot ID and the granted scopes.</summary>
internal sealed class ExchangeCode(
    AuthorizationCodes codes, ChannelDirectory channels, AccountDirectory accounts, LinkageBook linkages, ChatBook chats, EventPublisher events, FaultBook faults, ApiLog log, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/module/auth/v1/token", http => http.RequestServices.GetRequiredService<ExchangeCode>().RunAsync(http));

    private async Task RunAsync(HttpContext http)
    {
        var started = clock.GetTimestamp();
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var (answer, channel, attached) = Exchange(http, form);

        // LINE does not say whether its attached event comes before or after this answer; a receiver must take both.
        if (attached is not null && faults.Take(FaultKind.AttachedFirst, attached.BotId) is not null)
            await Announce(channel!, attached);
        else if (attached is not null)
            http.Response.OnCompleted(() => Queued(Announce(channel!, attached)));

        log.Add(new ApiLogEntry(
            0, clock.GetUtcNow(), http.Request.Method, http.Request.Path, channel?.Id, attached?.BotId, answer.Status,
            (long)clock.GetElapsedTime(started).TotalMilliseconds, http.LineRequestId(), Request: null, answer.Logged()));
        await answer.WriteAsync(http);
    }

    private (LineAnswer Answer, Channel? Channel, Linkage? Attached) Exchange(HttpContext http, IFormCollection form)
    {
        if (Client(http, form) is not { } channel)
            return (LineAnswer.OAuthError(400, "invalid_client", "Invalid client credentials."), null, null);
        if (Field(form, "grant_type") != "authorization_code")
            return (LineAnswer.OAuthError(400, "unsupported_grant_type", "grant_type must be authorization_code."), channel, null);
        if (!codes.TryUse(Field(form, "code"), out var code) || code.Request.Channel.Id != channel.Id)
            return (LineAnswer.OAuthError(400, "invalid_grant", "The code is unknown, used or expired."), channel, null);
        if (Mismatch(code.Request, form) is { } mismatch)
            return (LineAnswer.OAuthError(400, "invalid_grant", mismatch), channel, null);
        if (!accounts.TryFind(code.BotId, out var account) || !code.Request.Allows(account))
            return (LineAnswer.OAuthError(403, "access_denied", "This Official Account cannot be linked."), channel, null);

        var now = clock.GetUtcNow();
        var outcome = linkages.Attach(channel, code.BotId, code.Scopes, now);
        if (outcome == AttachOutcome.AnotherDefaultActive)
            return (LineAnswer.OAuthError(403, "access_denied", "Another Default Active module channel is attached to this Official Account."), channel, null);

        // LINE: a Default Active channel is active in every chat from the moment of attaching.
        if (outcome == AttachOutcome.Attached && channel.IsDefaultActive)
            chats.UpdateAll(code.BotId, chat => chat with { Control = ChatControl.Default });
        return (LineAnswer.Ok(new { bot_id = code.BotId, scopes = code.Scopes }), channel, new Linkage(channel.Id, code.BotId, code.Scopes, now));
    }

    private Task Announce(Channel channel, Linkage attached) => !attached.Grants(Scopes.MessageReceive)
        ? Task.CompletedTask
        : events.ToModule(channel, attached.BotId, chat: null, "module", new JsonObject
        {
            ["module"] = new JsonObject
            {
                ["type"] = "attached",
                ["botId"] = attached.BotId.ToString(),
                ["scopes"] = new JsonArray([.. attached.Scopes.Select(scope => JsonValue.Create(scope))]),
            },
        }, attached.AttachedAt);

    /// <summary>The event is on its way; the connection need not wait for its end.</summary>
    private static Task Queued(Task announcement) => announcement.IsFaulted ? announcement : Task.CompletedTask;

    /// <summary>What the exchange says differently from the authorization URL; null: all agrees.</summary>
    private static string? Mismatch(AuthorizeRequest asked, IFormCollection form)
    {
        if (Field(form, "redirect_uri") != asked.RedirectUri)
            return "redirect_uri differs from the authorization request.";
        if (asked.CodeChallenge is { } challenge ? !PkceCheck.Verifies(challenge, Field(form, "code_verifier")) : Field(form, "code_verifier") is not null)
            return "code_verifier does not match.";

        return Repeats("region", asked.RawRegion) ?? Repeats("basic_search_id", asked.BasicSearchId) ?? Repeats("scope", asked.RawScope) ?? Repeats("brand_type", asked.RawBrandType);

        string? Repeats(string name, string? before) => Field(form, name) == before ? null : $"{name} differs from the authorization request.";
    }

    /// <summary>The channel that calls: by Basic, or by form fields. Where the form has credentials, another kind of Authorization header is ignored, as LINE's SDKs send one.</summary>
    private Channel? Client(HttpContext http, IFormCollection form)
    {
        var (id, secret) = (Field(form, "client_id"), Field(form, "client_secret"));
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = new byte[header.Length];
            if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var count))
                return null;

            var pair = Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2);
            (id, secret) = (pair[0], pair.Length == 2 ? pair[1] : null);
        }

        return channels.TryFind(id, out var channel) && channel.Kind == ChannelKind.Module && TokenApi.SecretMatches(channel, secret) ? channel : null;
    }

    private static string? Field(IFormCollection form, string name) => form.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
}
