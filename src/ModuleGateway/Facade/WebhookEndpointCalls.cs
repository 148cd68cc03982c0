using System.Globalization;
using System.Text.Json;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Delivery;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>The module's own webhook URL, in place of a channel's at LINE.</summary>
/// <remarks>
/// The registry's row is the portal's to write. What a module sets here is the gateway's word beside it, and the later of the two holds.
/// Source: messaging API reference, "Webhook settings".
/// </remarks>
internal sealed class WebhookEndpointCalls(IGatewayStore store, GatewayState state, RegistryFollower follower, ModuleEndpoints endpoints, ModuleSender sender, IOptions<UpstreamOptions> upstream, StoreClock clock)
{
    private const int BodyBytesMax = 4096;
    private const int UrlLengthMax = 500;
    private static readonly TimeSpan TestsPer = TimeSpan.FromHours(1);
    private readonly CallWindow<Tenancy.ModuleId> _tests = new(60, TestsPer);

    /// <summary>LINE lets a thousand through. Each makes every process look at all linkages again.</summary>
    private readonly CallWindow<Tenancy.ModuleId> _sets = new(60, TimeSpan.FromMinutes(1));

    /// <summary>GET /v2/bot/channel/webhook/endpoint.</summary>
    public static Task<FacadeAnswer> GetAsync(HttpContext http, ModuleConfig module, CancellationToken cancellationToken) =>
        Task.FromResult(new FacadeAnswer(200, JsonSerializer.SerializeToUtf8Bytes(new { endpoint = module.WebhookUrl.OriginalString, active = true })));

    /// <summary>PUT /v2/bot/channel/webhook/endpoint: here at once, in other processes within a second.</summary>
    public async Task<FacadeAnswer> PutAsync(HttpContext http, ModuleConfig module, CancellationToken cancellationToken)
    {
        var (refusal, url) = await ReadAsync(http.Request, cancellationToken);
        if (refusal is not null)
            return refusal;
        if (url is null)
            return LineErrors.InvalidEndpoint;
        if (!_sets.TryCount(module.Id, clock.GetUtcNow()))
            return LineErrors.RateLimited;

        await store.WriteAsync(
            tx =>
            {
                tx.ModuleEndpoints.Put(new ModuleEndpointRow(module.Id, url.OriginalString, module.RegisteredUrl.OriginalString, tx.Now));
                return true;
            },
            cancellationToken);
        await follower.FollowEndpointsAsync(cancellationToken);
        return FacadeAnswer.Empty;
    }

    /// <summary>POST /v2/bot/channel/webhook/test: the URL that is given, or the module's.</summary>
    public async Task<FacadeAnswer> TestAsync(HttpContext http, ModuleConfig module, CancellationToken cancellationToken)
    {
        var (refusal, url) = await ReadAsync(http.Request, cancellationToken);
        if (refusal is not null)
            return refusal;
        if (BotOf(http.Request, module) is not { } bot)
            return LineErrors.NotLinked;
        if (!_tests.TryCount(module.Id, clock.GetUtcNow()))
            return LineErrors.RateLimited;

        var at = clock.GetUtcNow();
        var attempt = await sender.VerifyAsync(module, url ?? module.WebhookUrl, bot, cancellationToken);
        return new FacadeAnswer(200, JsonSerializer.SerializeToUtf8Bytes(new
        {
            success = attempt.Succeeded,
            timestamp = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            statusCode = attempt.Status,
            reason = attempt.Error?.ToUpperInvariant() ?? "OK",
            detail = attempt.Status > 0 ? attempt.Status.ToString(CultureInfo.InvariantCulture) : attempt.Detail ?? attempt.Error ?? "",
        }));
    }

    /// <summary>The account that the header names; without one, any of the module's: a request without events is about none.</summary>
    private BotId? BotOf(HttpRequest request, ModuleConfig module)
    {
        if (request.Headers[upstream.Value.BotHeader].ToString() is { Length: > 0 } text)
            return BotId.TryParse(text, null, out var named) && state.Snapshot.Linkage(module.Id, named) is not null ? named : null;

        return state.Snapshot.Linkages.Values.FirstOrDefault(linked => linked.Module.Id == module.Id)?.Row.Bot;
    }

    /// <summary>The URL of the body; null where it says none.</summary>
    private async Task<(FacadeAnswer? Refusal, Uri? Url)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(request, BodyBytesMax, cancellationToken) is not { } body)
            return (LineErrors.TooLarge, null);
        if (body.IsEmpty)
            return (null, null);
        if (!request.HasJsonContentType())
            return (LineErrors.ContentType(request.ContentType), null);

        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return (LineErrors.NotJson, null);
            if (!json.RootElement.TryGetProperty("endpoint", out var given) || given.ValueKind == JsonValueKind.Null)
                return (null, null);

            return given.ValueKind == JsonValueKind.String && given.GetString() is { Length: <= UrlLengthMax } text && Uri.TryCreate(text, UriKind.Absolute, out var url)
                && endpoints.MayCall(url) && !text.Contains('\0', StringComparison.Ordinal)
                ? (null, url)
                : (LineErrors.InvalidEndpoint, null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return (LineErrors.NotJson, null); // A stranger's text: no JSON, or a string that is no text.
        }
    }
}
