using System.Text.Json;
using Sandbox.Api;
using Sandbox.Messaging;
using Sandbox.Webhooks;

namespace Sandbox.Coupons;

/// <summary><c>/v2/bot/coupon</c>: makes, shows, lists and closes a channel's coupons.</summary>
internal sealed class CouponCalls(CouponBook book, TimeProvider clock)
{
    private const int LimitDefault = 20;
    private const int LimitMax = 100;
    private static readonly string[] Kept =
        ["acquisitionCondition", "barcodeImageUrl", "couponCode", "description", "endTimestamp", "imageUrl", "maxUseCountPerTicket", "reward", "startTimestamp", "timezone", "title", "usageCondition", "visibility"];

    public LineAnswer Create(ApiCall call)
    {
        var check = new BodyCheck();
        CouponRules.Check(check, call.BodyOrEmpty);
        if (check.Refusal is { } refusal)
            return refusal;

        var now = clock.GetUtcNow();
        var body = Kept.Where(name => call.Body.TryGetProperty(name, out _)).ToDictionary(name => name, call.Body.GetProperty, StringComparer.Ordinal); // Said twice: the last, as everywhere.
        var coupon = new Coupon(Ulid.New(now), call.Channel.Id, call.Account.BotId, JsonSerializer.SerializeToElement(body), now);
        book.Save(coupon);
        return LineAnswer.Ok(new { couponId = coupon.Id });
    }

    public LineAnswer List(ApiCall call)
    {
        var wanted = call.Request.Query["status"].SelectMany(value => (value ?? "").Split(',')).ToList();
        if (wanted.Any(status => status is not ("DRAFT" or "RUNNING" or "CLOSED")))
            return LineErrors.InvalidParameter("status");

        var coupons = book.Of(call.Channel, call.Account.BotId).Where(coupon => wanted.Count == 0 || wanted.Contains(coupon.Status));
        var (refusal, page) = Paging.Read(call, "coupons", coupons, coupon => coupon.Id, LimitDefault, LimitMax);
        return refusal ?? LineAnswer.Ok(new { items = page.Items.Select(coupon => coupon.Summary()), next = page.Next });
    }

    public LineAnswer Get(ApiCall call) => Named(call) is { } coupon ? LineAnswer.Ok(coupon.View()) : LineErrors.NotFound;

    public LineAnswer Close(ApiCall call)
    {
        if (Named(call) is not { } coupon)
            return LineErrors.NotFound;
        if (coupon.ClosedAt is not null)
            return LineErrors.CouponClosed;

        book.Save(coupon with { ClosedAt = clock.GetUtcNow() });
        return LineAnswer.Empty;
    }

    private Coupon? Named(ApiCall call) => book.Find(call.Channel, call.Account.BotId, call.Route("couponId"));
}
