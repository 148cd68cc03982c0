using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Line;
using Tenancy;

namespace Portal.Gateway;

/// <summary>The gateway's management API, as much of it as the portal calls. Never called by a browser.</summary>
/// <remarks>
/// Every method throws <see cref="GatewayUnavailableException"/> when the gateway does not answer in time or not as agreed.
/// Nothing is retried here: all calls are safe to repeat, and the caller knows whether a person is waiting.
/// </remarks>
public sealed class GatewayClient(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Starts a trip to LINE's consent page. The same id again starts it anew.</summary>
    /// <returns>The address at LINE to send the browser to.</returns>
    public async Task<Uri> StartAttachAsync(AttachRequest request, CancellationToken cancellationToken)
    {
        var started = await AskAsync<AttachStarted>(HttpMethod.Post, "management/attach-requests", request, cancellationToken);
        return started is null ? throw Unexpected("management/attach-requests", HttpStatusCode.NotFound) : started.AuthorizeUrl;
    }

    /// <summary>What became of a trip; null when the gateway does not know the id.</summary>
    /// <param name="id">Ours.</param>
    /// <param name="proof">What the browser brought back from LINE; null where nothing depends on which browser it is.</param>
    public Task<AttachOutcome?> FindAttachAsync(Guid id, string? proof, CancellationToken cancellationToken) =>
        AskAsync<AttachOutcome>(HttpMethod.Get, $"management/attach-requests/{id}{(proof is null ? "" : "?proof=" + Uri.EscapeDataString(proof))}", null, cancellationToken);

    /// <summary>The registry's revision up to which the gateway has taken changes over.</summary>
    public async Task<long> AppliedRevisionAsync(CancellationToken cancellationToken)
    {
        var registry = await AskAsync<RegistryStanding>(HttpMethod.Get, "management/registry", null, cancellationToken);
        return registry?.AppliedRevision ?? throw Unexpected("management/registry", HttpStatusCode.NotFound);
    }

    /// <summary>How a bot stands; null when the gateway has never heard of it.</summary>
    public Task<AccountStanding?> FindAccountAsync(BotId bot, CancellationToken cancellationToken) =>
        AskAsync<AccountStanding>(HttpMethod.Get, $"management/accounts/{bot}", null, cancellationToken);

    /// <summary>Asks for the code that makes a chat of the owner's the test chat of a linkage in set-up; null when the gateway does not know the linkage yet.</summary>
    public Task<TestCodeAnswer?> AskTestCodeAsync(LinkageId linkage, CancellationToken cancellationToken) =>
        AskAsync<TestCodeAnswer>(HttpMethod.Post, $"management/linkages/{linkage}/test-code", null, cancellationToken);

    /// <summary>Null when the gateway does not know the linkage yet.</summary>
    public Task<TestChats?> FindTestChatsAsync(LinkageId linkage, CancellationToken cancellationToken) =>
        AskAsync<TestChats>(HttpMethod.Get, $"management/linkages/{linkage}/test-chats", null, cancellationToken);

    /// <summary>Makes the linkage's test chats like any other.</summary>
    public Task StopTestChatsAsync(LinkageId linkage, CancellationToken cancellationToken) => TellAsync(HttpMethod.Delete, $"management/linkages/{linkage}/test-chats", cancellationToken);

    /// <summary>Gives one open chat back to who answers first. False: it has changed since it was shown.</summary>
    public async Task<bool> GiveBackAsync(BotId bot, string handle, CancellationToken cancellationToken) =>
        await GiveBackAsync(bot, new { chat = handle }, cancellationToken) > 0;

    /// <summary>Gives all open chats of one holder back; returns how many there were.</summary>
    /// <param name="with">Null: LINE's own channel.</param>
    public Task<int> GiveBackAllAsync(BotId bot, LinkageId? with, CancellationToken cancellationToken) => GiveBackAsync(bot, new { withLinkageId = with?.Value }, cancellationToken);

    private async Task<int> GiveBackAsync(BotId bot, object body, CancellationToken cancellationToken)
    {
        var path = $"management/accounts/{bot}/give-back";
        return (await AskAsync<GivenBack>(HttpMethod.Post, path, body, cancellationToken) ?? throw Unexpected(path, HttpStatusCode.NotFound)).Given;
    }

    /// <summary>The latest events that no module got, newest first.</summary>
    /// <param name="limit">1 to 1000.</param>
    public async Task<IReadOnlyList<UnroutableEvent>> UnroutableAsync(int limit, CancellationToken cancellationToken)
    {
        var list = await AskAsync<UnroutableList>(HttpMethod.Get, $"management/unroutable?limit={limit}", null, cancellationToken);
        return list?.Events ?? throw Unexpected("management/unroutable", HttpStatusCode.NotFound);
    }

    /// <summary>Events with this id; none when nobody knows it.</summary>
    public Task<IReadOnlyList<EventWay>> EventsAsync(string webhookEventId, CancellationToken cancellationToken) => WaysAsync($"management/events/{Uri.EscapeDataString(webhookEventId)}", cancellationToken);

    /// <summary>The event of a delivery, by our number of it or by what its module saw.</summary>
    public Task<IReadOnlyList<EventWay>> EventsOfDeliveryAsync(string id, CancellationToken cancellationToken) => WaysAsync($"management/deliveries/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>The latest events of a chat, newest first.</summary>
    /// <param name="chat">LINE's id of it, or one that a module sees.</param>
    public Task<IReadOnlyList<EventWay>> EventsOfChatAsync(BotId bot, string chat, CancellationToken cancellationToken) =>
        WaysAsync($"management/accounts/{bot}/chats/{Uri.EscapeDataString(chat)}/events", cancellationToken);

    private async Task<IReadOnlyList<EventWay>> WaysAsync(string path, CancellationToken cancellationToken) =>
        (await AskAsync<EventWays>(HttpMethod.Get, path, null, cancellationToken))?.Events ?? [];

    /// <summary>Has the gateway try a webhook with two requests without events, one of them with a signature that is not ours; null when the gateway does not know the module yet.</summary>
    /// <remarks>The partner's server may take its time: the gateway gives both answers, at once and side by side.</remarks>
    /// <param name="url">What the module's provider means to publish.</param>
    public async Task<Listings.WebhookProbe?> ProbeAsync(ModuleId module, string url, CancellationToken cancellationToken) =>
        await AskAsync<ProbeAnswer>(HttpMethod.Post, $"management/modules/{module}/probe", new { url }, cancellationToken) is { } answer
            ? new Listings.WebhookProbe(url, answer.Genuine, answer.Forged, answer.Detail)
            : null;

    /// <summary>Tells the gateway that the registry has changed. Only a nudge: the gateway also looks by itself.</summary>
    public Task NudgeAsync(CancellationToken cancellationToken) => TellAsync(HttpMethod.Post, "management/registry-changed", cancellationToken);

    private async Task TellAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, null, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Unexpected(path, response.StatusCode);
    }

    private async Task<T?> AskAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) where T : class
    {
        using var response = await SendAsync(method, path, body, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;

        if (!response.IsSuccessStatusCode)
            throw Unexpected(path, response.StatusCode);

        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
                ?? throw new GatewayUnavailableException($"The gateway answered {path} with null.");
        }
        catch (JsonException broken)
        {
            throw new GatewayUnavailableException($"The gateway answered {path} with something that is not the agreed JSON.", broken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: Json);

        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException outage)
        {
            throw new GatewayUnavailableException($"The gateway cannot be reached for {path}: {outage.HttpRequestError}.", outage);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            // HttpClient's own time-out; the caller's cancellation passes through as itself.
            throw new GatewayUnavailableException($"The gateway did not answer {path} in {http.Timeout.TotalMilliseconds:0} ms.", late);
        }
    }

    private static GatewayUnavailableException Unexpected(string path, HttpStatusCode status) => new($"The gateway answered {path} with {(int)status}.");

    private sealed record AttachStarted(Uri AuthorizeUrl);

    private sealed record GivenBack(int Given);

    private sealed record ProbeAnswer(int Genuine, int Forged, string? Detail);

    private sealed record RegistryStanding(long AppliedRevision);

    private sealed record EventWays(IReadOnlyList<EventWay> Events);

    private sealed record UnroutableList(IReadOnlyList<UnroutableEvent> Events);
}
