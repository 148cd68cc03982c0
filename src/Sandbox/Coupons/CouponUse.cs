using System.Text.Json;
using Sandbox.Api;
using Sandbox.Modules;
using Sandbox.Tokens;

namespace Sandbox.Coupons;

/// <summary>Whether a call may send the coupons that its messages name: LINE lets a module send its own ones, with the permission for coupons.</summary>
internal static class CouponUse
{
    /// <summary>The refusal; null: it may, or there are none.</summary>
    public static LineAnswer? CouponRefusal(this ApiCall call, IReadOnlyList<JsonElement>? messages)
    {
        foreach (var (index, message) in (messages ?? []).Index())
        {
            if (!message.GetProperty("type").ValueEquals("coupon"))
                continue;
            if (call.Channel.PrimaryOf is null && call.Service<LinkageBook>().TryFind(call.Channel.Id, call.Account.BotId, out var linkage) && !linkage.Grants(Scopes.CouponManage))
                return LineErrors.NotAvailable;
            if (call.Service<CouponBook>().Find(call.Channel, call.Account.BotId, message.GetProperty("couponId").GetString()!) is not { ClosedAt: null })
                return LineErrors.Invalid([new ErrorDetail("invalid couponId", $"messages[{index}].couponId")]);
        }

        return null;
    }
}
