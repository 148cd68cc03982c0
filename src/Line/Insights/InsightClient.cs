using Line.Insights;
using Line.Json;

namespace Line;

/// <summary>Statistics of the account. Days are Japan's (UTC+9). 60 calls an hour for each method.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Insight"/>. Source: LINE insight.yml.</remarks>
public sealed class InsightClient
{
    private readonly LineApi _api;

    internal InsightClient(LineApi api) => _api = api;

    /// <summary>How many messages were sent on a day, by way.</summary>
    public Task<MessageDeliveries> GetDeliveriesAsync(DateOnly date, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(LineCall.Get("/v2/bot/insight/message/delivery", ("date", LineCall.Text(date))), LineJson.Default.MessageDeliveries, cancellationToken);

    /// <summary>How many friends there were on a day.</summary>
    public Task<FollowerCounts> GetFollowersAsync(DateOnly date, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(LineCall.Get("/v2/bot/insight/followers", ("date", LineCall.Text(date))), LineJson.Default.FollowerCounts, cancellationToken);

    /// <summary>Who friends are, as LINE guesses; some three days old. Accounts of Japan, Taiwan and Thailand with 20 people at least that LINE can target.</summary>
    public Task<Demographics> GetDemographicsAsync(CancellationToken cancellationToken = default) =>
        _api.ReadAsync(LineCall.Get("/v2/bot/insight/demographic"), LineJson.Default.Demographics, cancellationToken);

    /// <summary>What people did with a broadcast or narrowcast, for 14 days after it.</summary>
    /// <param name="requestId">The send's request id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<MessageEvents> GetMessageEventsAsync(string requestId, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(LineCall.Get("/v2/bot/insight/message/event", ("requestId", requestId)), LineJson.Default.MessageEvents, cancellationToken);

    /// <summary>What people did with all sends of an aggregation unit.</summary>
    /// <param name="unit">The unit's name.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, at most 30 days later.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<MessageEvents> GetUnitEventsAsync(string unit, DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(
            LineCall.Get("/v2/bot/insight/message/event/aggregation", ("customAggregationUnit", unit), ("from", LineCall.Text(from)), ("to", LineCall.Text(to))),
            LineJson.Default.MessageEvents, cancellationToken);

    /// <summary>How often a rich menu was seen and tapped. With fewer than 20 people who tapped, LINE tells nothing but its id.</summary>
    public Task<RichMenuSummary> GetRichMenuSummaryAsync(string richMenuId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(RichMenu(richMenuId, "summary", from, to), LineJson.Default.RichMenuSummary, cancellationToken);

    /// <summary>How often a rich menu was seen and tapped, day by day.</summary>
    public Task<RichMenuDays> GetRichMenuDaysAsync(string richMenuId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(RichMenu(richMenuId, "daily", from, to), LineJson.Default.RichMenuDays, cancellationToken);

    private static LineCall RichMenu(string richMenuId, string what, DateOnly from, DateOnly to) =>
        LineCall.Get($"/v2/bot/insight/richmenu/{LineCall.Escaped(richMenuId)}/{what}", ("from", LineCall.Text(from)), ("to", LineCall.Text(to)));
}
