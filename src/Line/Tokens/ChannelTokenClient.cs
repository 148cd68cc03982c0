using System.Net;
using Line.Json;

namespace Line;

/// <summary>Issues, checks and revokes channel access tokens of the three kinds that a module channel may use.</summary>
/// <remarks>
/// Thread-safe. Refusals are <see cref="LineApiException"/> with the OAuth error code. For calls all day long take <see cref="StatelessTokenSource"/>.
/// Source: LINE channel-access-token.yml.
/// </remarks>
public sealed class ChannelTokenClient(HttpClient http, LineEndpoints endpoints)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>A stateless token (15 minutes, any number, cannot be revoked) for a channel's secret.</summary>
    public Task<ChannelAccessToken> IssueStatelessAsync(ChannelId channel, string channelSecret, CancellationToken cancellationToken = default) =>
        IssueAsync("/oauth2/v3/token", cancellationToken, ("client_id", channel.ToString()), ("client_secret", channelSecret));

    /// <summary>A stateless token for an assertion made by <see cref="ChannelAssertion"/>.</summary>
    public Task<ChannelAccessToken> IssueStatelessAsync(string assertion, CancellationToken cancellationToken = default) =>
        IssueAsync("/oauth2/v3/token", cancellationToken, ("client_assertion_type", AssertionType), ("client_assertion", assertion));

    /// <summary>A v2.1 token, whose lifetime the assertion names (30 days at most). A channel has 30 at most; the 31st is refused.</summary>
    public Task<ChannelAccessToken> IssueAsync(string assertion, CancellationToken cancellationToken = default) =>
        IssueAsync("/oauth2/v2.1/token", cancellationToken, ("client_assertion_type", AssertionType), ("client_assertion", assertion));

    /// <summary>A short-lived token (30 days). A channel has 30 at most; the 31st revokes the oldest.</summary>
    public Task<ChannelAccessToken> IssueShortLivedAsync(ChannelId channel, string channelSecret, CancellationToken cancellationToken = default) =>
        IssueAsync("/v2/oauth/accessToken", cancellationToken, ("client_id", channel.ToString()), ("client_secret", channelSecret));

    /// <summary>The key ids of a channel's good v2.1 tokens.</summary>
    public async Task<IReadOnlyList<string>> GetKeyIdsAsync(string assertion, CancellationToken cancellationToken = default)
    {
        var query = $"client_assertion_type={Uri.EscapeDataString(AssertionType)}&client_assertion={Uri.EscapeDataString(assertion)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoints.Api, $"/oauth2/v2.1/tokens/kid?{query}"));
        var answer = await LineAnswer.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
        return answer.OrThrow().Body.Texts("kids");
    }

    /// <summary>What a v2.1 token is; null when it is not good.</summary>
    public async Task<ChannelTokenInfo?> VerifyAsync(string token, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoints.Api, $"/oauth2/v2.1/verify?access_token={Uri.EscapeDataString(token)}"));
        return Info(await LineAnswer.SendAsync(http, request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What a short-lived token is; null when it is not good.</summary>
    public async Task<ChannelTokenInfo?> VerifyShortLivedAsync(string token, CancellationToken cancellationToken = default) =>
        Info(await PostFormAsync("/v2/oauth/verify", cancellationToken, ("access_token", token)).ConfigureAwait(false));

    /// <summary>Ends a v2.1 token. A token that is not good is no error.</summary>
    public async Task RevokeAsync(ChannelId channel, string channelSecret, string token, CancellationToken cancellationToken = default)
    {
        var answer = await PostFormAsync("/oauth2/v2.1/revoke", cancellationToken,
            ("client_id", channel.ToString()), ("client_secret", channelSecret), ("access_token", token)).ConfigureAwait(false);
        answer.OrThrow();
    }

    /// <summary>Ends a short-lived token.</summary>
    public async Task RevokeShortLivedAsync(string token, CancellationToken cancellationToken = default) =>
        (await PostFormAsync("/v2/oauth/revoke", cancellationToken, ("access_token", token)).ConfigureAwait(false)).OrThrow();

    private async Task<ChannelAccessToken> IssueAsync(string path, CancellationToken cancellationToken, params (string Name, string Value)[] credentials)
    {
        var answer = await PostFormAsync(path, cancellationToken, [("grant_type", "client_credentials"), .. credentials]).ConfigureAwait(false);
        answer.OrThrow();
        var lifetime = TimeSpan.FromSeconds(answer.Body.Int("expires_in") ?? throw answer.Unreadable("expires_in"));
        return new ChannelAccessToken(answer.Required("access_token"), lifetime, answer.Body.Text("key_id"));
    }

    private static ChannelTokenInfo? Info(LineAnswer answer)
    {
        if (answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
            return null;

        var body = answer.OrThrow().Body;
        var channel = body.Id<ChannelId>("client_id") ?? throw answer.Unreadable("client_id");
        return new ChannelTokenInfo(channel, TimeSpan.FromSeconds(body.Long("expires_in") ?? 0), body.Text("scope"));
    }

    private async Task<LineAnswer> PostFormAsync(string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoints.Api, path));
        request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await LineAnswer.SendAsync(http, request, cancellationToken).ConfigureAwait(false);
    }
}
