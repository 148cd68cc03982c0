using Line;
using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.Coupons;

/// <summary>The coupon calls.</summary>
internal static class CouponRoutes
{
    public static IServiceCollection AddCoupons(this IServiceCollection services)
    {
        services.AddSingleton<CouponBook>().AddSingleton<CouponCalls>();
        return services.AddSingleton<IAccountData>(provider => provider.GetRequiredService<CouponBook>());
    }

    public static void MapCoupons(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<CouponCalls>("POST", "/v2/bot/coupon", (handler, call) => handler.Create(call));
        routes.MapCall<CouponCalls>("GET", "/v2/bot/coupon", (handler, call) => handler.List(call));
        routes.MapCall<CouponCalls>("GET", "/v2/bot/coupon/{couponId}", (handler, call) => handler.Get(call));
        routes.MapCall<CouponCalls>("PUT", "/v2/bot/coupon/{couponId}/close", (handler, call) => handler.Close(call));

        // For the phone's page: a message bears the coupon's id only.
        routes.MapGet("/phone/api/accounts/{botId}/coupons/{couponId}", (BotId botId, string couponId, CouponBook book) =>
            book.Find(botId, couponId) is { } coupon ? Results.Ok(coupon.Card()) : Results.NotFound());
    }
}
