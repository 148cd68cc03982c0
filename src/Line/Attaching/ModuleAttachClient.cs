using System.Net.Http.Headers;
using System.Text;
using Line.Json;

namespace Line;

/// <summary>Attaches a module channel to an Official Account, by the consent of somebody who manages it.</summary>
/// <remarks>
/// Thread-safe. Send the browser to <see cref="AuthorizeUrl"/>; it comes back to the redirect URL with <c>code</c> and <c>state</c>, or with <c>error</c>.
/// Check the state against the browser's session, then <see cref="ExchangeAsync"/>. Source: LINE module-attach.yml, "Attach module channel".
/// </remarks>
/// <param name="http">Any client; addresses come from <paramref name="endpoints"/>.</param>
/// <param name="endpoints">Where LINE is.</param>
/// <param name="channel">The module channel.</param>
/// <param name="channelSecret">Its secret.</param>
public sealed class ModuleAttachClient(HttpClient http, LineEndpoints endpoints, ChannelId channel, string channelSecret)
{
    /// <summary>Where to send the account manager's browser.</summary>
    /// <exception cref="ArgumentException">No scope, or a state that LINE would not take.</exception>
    public Uri AuthorizeUrl(AttachRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Scopes.Count == 0)
            throw new ArgumentException("At least one scope is asked for.", nameof(request));

        if (request.State.Length == 0 || !request.State.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException("The state is ASCII letters and digits.", nameof(request));

        IEnumerable<(string, string?)> query =
        [
            ("response_type", "code"),
            ("client_id", channel.ToString()),
            .. Repeated(request),
            ("state", request.State),
            ("code_challenge", request.Pkce?.Challenge),
            ("code_challenge_method", request.Pkce is null ? null : "S256"),
        ];
        // Not FormUrlEncodedContent: LINE wants the space between scopes as %20.
        var text = string.Join('&', Present(query).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return new Uri(endpoints.Manager, $"/module/auth/v1/authorize?{text}");
    }

    /// <summary>Exchanges the code. This is the attach: from its success on, the account's webhooks may come.</summary>
    /// <param name="request">The one that <see cref="AuthorizeUrl"/> was made of.</param>
    /// <param name="code">What came back; good once, for a few minutes.</param>
    /// <param name="cancellationToken">Gives up waiting. LINE may have attached all the same: its webhook or bot list tells.</param>
    /// <exception cref="LineApiException">Refused: 400 for a code, verifier or value that does not fit; 403 when this account may not be attached.</exception>
    public async Task<AttachedModule> ExchangeAsync(AttachRequest request, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        IEnumerable<(string, string?)> form =
        [
            ("grant_type", "authorization_code"),
            ("code", code),
            .. Repeated(request),
            ("code_verifier", request.Pkce?.Verifier),
        ];
        using var post = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoints.Manager, "/module/auth/v1/token"));
        post.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{channel}:{channelSecret}")));
        post.Content = new FormUrlEncodedContent(Present(form));

        var answer = (await LineAnswer.SendAsync(http, post, cancellationToken).ConfigureAwait(false)).OrThrow();
        var bot = answer.Body.Id<BotId>("bot_id") ?? throw answer.Unreadable("bot_id");

        // LINE's prose names a string "scope", its example and its description an array "scopes".
        var scopes = answer.Body.Text("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? answer.Body.Texts("scopes");
        return new AttachedModule(bot, scopes);
    }

    /// <summary>What stands in the authorization request and must be repeated with the code.</summary>
    private static IEnumerable<(string, string?)> Repeated(AttachRequest request) =>
    [
        ("redirect_uri", request.RedirectUrl),
        ("scope", string.Join(' ', request.Scopes)),
        ("region", request.Region),
        ("basic_search_id", request.BasicSearchId),
        ("brand_type", request.BrandTypes.Count == 0 ? null : string.Join(' ', request.BrandTypes)),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Present(IEnumerable<(string Name, string? Value)> fields) =>
        fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!));
}
