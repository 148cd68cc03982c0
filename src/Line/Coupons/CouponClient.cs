using System.Net;
using Line.Coupons;
using Line.Json;

namespace Line;

/// <summary>Coupons of the account.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Coupons"/>. 200 calls a second. Source: LINE messaging-api.yml, "Coupon".</remarks>
public sealed class CouponClient
{
    /// <summary>Largest page.</summary>
    public const int PageMax = 100;

    private readonly LineApi _api;

    internal CouponClient(LineApi api) => _api = api;

    /// <summary>Creates a coupon.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(CouponDraft coupon, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(coupon);
        if (_api.Options.ChecksLimits)
            LineLimits.Demand(coupon.Check());

        return (await _api.SendAsync(LineCall.Post("/v2/bot/coupon").With(coupon, LineJson.Default.CouponDraft), cancellationToken).ConfigureAwait(false)).OrThrow().Required("couponId");
    }

    /// <summary>A coupon; null when there is none of this id.</summary>
    public Task<Coupon?> GetAsync(string couponId, CancellationToken cancellationToken = default) =>
        _api.FindAsync(LineCall.Get($"/v2/bot/coupon/{LineCall.Escaped(couponId)}"), LineJson.Default.Coupon, cancellationToken);

    /// <summary>Ends a coupon before its time; nobody can use it any more.</summary>
    public Task CloseAsync(string couponId, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Put($"/v2/bot/coupon/{LineCall.Escaped(couponId)}/close"), cancellationToken);

    /// <summary>A page of coupons.</summary>
    /// <param name="statuses">Only of these: <c>DRAFT</c>, <c>RUNNING</c>, <c>CLOSED</c>; null: all.</param>
    /// <param name="start">The last page's <c>Next</c>.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<LinePage<CouponTitle>> GetPageAsync(
        IReadOnlyList<string>? statuses = null, string? start = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        (string, string?)[] query = [.. (statuses ?? []).Select(status => ("status", (string?)status)), ("limit", Paging.Size(limit, PageMax)), ("start", start)];
        var answer = (await _api.SendAsync(LineCall.Get("/v2/bot/coupon", query), cancellationToken).ConfigureAwait(false)).OrThrow();
        var page = answer.Read(LineJson.Default.CouponTitles);
        return new LinePage<CouponTitle>(page.Items ?? throw answer.Unreadable("items"), page.Next);
    }

    /// <summary>All coupons, page after page.</summary>
    public IAsyncEnumerable<CouponTitle> GetAllAsync(IReadOnlyList<string>? statuses = null, CancellationToken cancellationToken = default) =>
        Paging.AllAsync((start, token) => GetPageAsync(statuses, start, limit: null, token), cancellationToken);
}
