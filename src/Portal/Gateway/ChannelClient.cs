using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portal.Gateway;

/// <summary>The part of the gateway's management API that connects an account's own channel, and takes care of it. LINE is asked meanwhile, several times: it may take long.</summary>
/// <remarks>A secret goes out with <see cref="LookAsync"/> or <see cref="ReplaceSecretAsync"/> and is kept by the gateway, sealed; the portal neither keeps nor logs it.</remarks>
public sealed class ChannelClient(HttpClient http)
{
    /// <summary>Longest wait for one answer: LINE's own time-outs fit in.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(60);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Asks LINE whose channel this is, and has the gateway keep it for <see cref="ConnectAsync"/>, for an hour.</summary>
    /// <param name="trip">The order's attach request.</param>
    /// <exception cref="GatewayUnavailableException">The gateway did not answer as agreed.</exception>
    public async Task<(ChannelFault? Fault, ChannelOffer? Offer)> LookAsync(Guid trip, string channelId, string channelSecret, CancellationToken cancellationToken)
    {
        var (fault, offer) = await PostAsync<ChannelOffer>($"management/attach-requests/{trip}/channel", new { channelId, channelSecret }, cancellationToken);
        return fault is null && offer is null ? (ChannelFault.LineAway, null) : (fault, offer);
    }

    /// <summary>Points the kept channel's webhooks at the gateway and connects its account.</summary>
    /// <returns>The proof that it was done here; with neither fault nor proof the channel is kept no more.</returns>
    /// <exception cref="GatewayUnavailableException">The gateway did not answer as agreed.</exception>
    public async Task<(ChannelFault? Fault, string? Proof)> ConnectAsync(Guid trip, CancellationToken cancellationToken)
    {
        var (fault, connected) = await PostAsync<Connected>($"management/attach-requests/{trip}/channel/connect", null, cancellationToken);
        return (fault, connected?.Proof);
    }

    /// <summary>A connected channel; null when there is none with this id.</summary>
    /// <exception cref="GatewayUnavailableException">The gateway did not answer as agreed.</exception>
    public async Task<ConnectedChannel?> FindAsync(string channelId, CancellationToken cancellationToken) =>
        (await AskAsync<ConnectedChannel>(HttpMethod.Get, $"management/channels/{channelId}", null, cancellationToken)).Answer;

    /// <summary>A new secret was made at LINE: it counts from now on.</summary>
    /// <returns>Whether there is such a channel, and what is wrong with the secret.</returns>
    /// <exception cref="GatewayUnavailableException">The gateway did not answer as agreed.</exception>
    public async Task<(bool IsKnown, ChannelFault? Fault)> ReplaceSecretAsync(string channelId, string channelSecret, CancellationToken cancellationToken)
    {
        var (fault, done) = await AskAsync<Done>(HttpMethod.Put, $"management/channels/{channelId}/secret", new { channelSecret }, cancellationToken);
        return (fault is not null || done is not null, fault);
    }

    /// <summary>Ends the connection; the channel's webhooks go where they went before.</summary>
    /// <returns>False: there is no such channel.</returns>
    /// <exception cref="GatewayUnavailableException">The gateway did not answer as agreed.</exception>
    public async Task<bool> RemoveAsync(string channelId, CancellationToken cancellationToken) =>
        (await AskAsync<Done>(HttpMethod.Delete, $"management/channels/{channelId}", null, cancellationToken)).Answer is not null;

    private Task<(ChannelFault? Fault, T? Answer)> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) where T : class => AskAsync<T>(HttpMethod.Post, path, body, cancellationToken);

    private async Task<(ChannelFault? Fault, T? Answer)> AskAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) where T : class
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json) };
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.NotFound => (null, null),
                HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable => ((await response.Content.ReadFromJsonAsync<Refusal>(Json, cancellationToken))!.Code, null),
                HttpStatusCode.NoContent when Done.Instance is T done => (null, done),
                HttpStatusCode.OK => (null, await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)),
                _ => throw new GatewayUnavailableException($"The gateway answered {path} with {(int)response.StatusCode}."),
            };
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new GatewayUnavailableException($"The gateway did not answer {path} as agreed.", broken);
        }
    }

    private sealed record Refusal(ChannelFault Code);

    private sealed record Connected(string Proof);

    /// <summary>An answer without words.</summary>
    private sealed record Done
    {
        public static Done Instance { get; } = new();
    }
}
