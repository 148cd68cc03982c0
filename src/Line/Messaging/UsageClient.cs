using Line.Json;

namespace Line;

/// <summary>How much may be sent and how much was. Days are Japan's (UTC+9).</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Usage"/>. Source: LINE messaging-api.yml.</remarks>
public sealed class UsageClient
{
    /// <summary>Largest page of aggregation units.</summary>
    public const int UnitsPageMax = 100;

    private readonly LineApi _api;

    internal UsageClient(LineApi api) => _api = api;

    /// <summary>How many messages the account may send this month; null when there is no limit.</summary>
    public async Task<long?> GetQuotaAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get("/v2/bot/message/quota"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Required("type") == "limited" ? answer.Body.Long("value") ?? throw answer.Unreadable("value") : null;
    }

    /// <summary>How many of them are used up, approximately; also by people who write in LINE's own screens.</summary>
    public async Task<long> GetConsumptionAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get("/v2/bot/message/quota/consumption"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Body.Long("totalUsage") ?? throw answer.Unreadable("totalUsage");
    }

    /// <summary>How many messages were sent on a day in one of the ways; LINE counts no narrowcasts here.</summary>
    public Task<DeliveryCount> GetDeliveriesAsync(MessageUse use, DateOnly date, CancellationToken cancellationToken = default) =>
        use == MessageUse.Narrowcast
            ? throw new ArgumentOutOfRangeException(nameof(use), use, "LINE counts narrowcasts in InsightClient.GetDeliveriesAsync.")
            : CountAsync(MessagingClient.Name(use), date, cancellationToken);

    /// <summary>How many notification messages were delivered on a day.</summary>
    public Task<DeliveryCount> GetNotificationDeliveriesAsync(DateOnly date, CancellationToken cancellationToken = default) => CountAsync("pnp", date, cancellationToken);

    /// <summary>How many template notification messages were delivered on a day.</summary>
    public Task<DeliveryCount> GetTemplateNotificationDeliveriesAsync(DateOnly date, CancellationToken cancellationToken = default) => CountAsync("pnp/templated", date, cancellationToken);

    /// <summary>How many aggregation units were used this month, of 1000.</summary>
    public async Task<long> GetAggregationUnitCountAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get("/v2/bot/message/aggregation/info"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Body.Long("numOfCustomAggregationUnits") ?? throw answer.Unreadable("numOfCustomAggregationUnits");
    }

    /// <summary>A page of the aggregation units used this month.</summary>
    public async Task<LinePage<string>> GetAggregationUnitsAsync(string? start = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var call = LineCall.Get("/v2/bot/message/aggregation/list", ("limit", Paging.Size(limit, UnitsPageMax)), ("start", start));
        var answer = (await _api.SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.PageOfTexts("customAggregationUnits");
    }

    /// <summary>All aggregation units used this month.</summary>
    public IAsyncEnumerable<string> GetAllAggregationUnitsAsync(CancellationToken cancellationToken = default) =>
        Paging.AllAsync((start, token) => GetAggregationUnitsAsync(start, limit: null, token), cancellationToken);

    private Task<DeliveryCount> CountAsync(string what, DateOnly date, CancellationToken cancellationToken) =>
        _api.ReadAsync(LineCall.Get($"/v2/bot/message/delivery/{what}", ("date", LineCall.Text(date))), LineJson.Default.DeliveryCount, cancellationToken);
}
