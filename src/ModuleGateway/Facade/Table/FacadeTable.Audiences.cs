using ModuleGateway.Control;
using ModuleGateway.Owned;
using Tenancy;

namespace ModuleGateway.Facade;

/// <content>Audiences and coupons: for all customers alike, so who makes and changes them answers first, or has the owner's leave. Each may always look at its own.</content>
internal static partial class FacadeTable
{
    private const long AudienceFileBytesMax = 120L * 1024 * 1024; // 1,500,000 ids of 68 characters, each in a line.
    private static CallRule Audiences => new(Scopes.MessageSend, Standing.DefaultActive) { OnStandbyBy = Scopes.AccountShare };
    private static CallRule LooksAtAudiences => new(Scopes.MessageSend, Standing.Attached);
    private static CallRule Coupons => new(Scopes.CouponManage, Standing.DefaultActive) { OnStandbyBy = Scopes.AccountShare };
    private static CallRule LooksAtCoupons => new(Scopes.CouponManage, Standing.Attached);
    private static RateLimit AudienceRate => RateLimit.PerMinute(60);
    private static ThingPlace AudienceInPath => Audience(ThingWhere.Path);
    private static ThingPlace AudienceMade => Audience(ThingWhere.Made);
    private static ThingPlace AudiencesListed => new(ThingKind.Audience, ThingWhere.List, "audienceGroups");
    private static ThingPlace SendingOfAudience => new(ThingKind.Sending, ThingWhere.Body, "requestId") { Unknown = (_, _) => LineErrors.SendingNotFound };
    private static ThingPlace CouponInPath => new(ThingKind.Coupon, ThingWhere.Path, "couponId");

    /// <summary>Coupons in messages.</summary>
    private static ThingPlace CouponSent => new(ThingKind.Coupon, ThingWhere.Body, "couponId") { Unknown = (_, path) => LineErrors.InvalidProperty(path, "invalid couponId") };

    /// <summary>What messages may name. LINE's description lets any action name an alias.</summary>
    private static ThingPlace[] Sent => [CouponSent, AliasInBody];

    /// <summary>Also the unit that they are counted in.</summary>
    private static ThingPlace[] SentWithUnit => [.. Sent, new(ThingKind.Unit, ThingWhere.Body, "customAggregationUnits")];

    /// <summary>A broadcast: its request is the caller's.</summary>
    private static ThingPlace[] SentToAll => [.. Sent, new(ThingKind.Sending, ThingWhere.Made)];

    /// <summary>A narrowcast: also to audiences, and to those whom an earlier one reached.</summary>
    private static ThingPlace[] SentToSome =>
    [
        .. SentToAll,
        new(ThingKind.Audience, ThingWhere.Body, "audienceGroupId") { Unknown = (id, _) => LineErrors.InvalidAudience(id) },
        new(ThingKind.Sending, ThingWhere.Body, "requestId") { Unknown = (id, _) => LineErrors.InvalidRequest(id) },
    ];

    /// <summary>Progress and statistics of a broadcast or narrowcast.</summary>
    private static ThingPlace SendingInQuery => new(ThingKind.Sending, ThingWhere.Query, "requestId");

    private static IEnumerable<CallRow> AudiencesAndCoupons =>
    [
        new(HttpMethod.Post, "/v2/bot/audienceGroup/upload", Audiences) { Body = BodyKind.Json, Rate = AudienceRate, Unknown = LineErrors.InvalidAudienceId, Things = [AudienceMade] },
        new(HttpMethod.Put, "/v2/bot/audienceGroup/upload", Audiences) { Body = BodyKind.Json, Rate = AudienceRate, Unknown = LineErrors.InvalidAudienceId, Things = [Audience(ThingWhere.Body)] },
        new(HttpMethod.Post, "/v2/bot/audienceGroup/upload/byFile", Audiences)
        {
            Host = LineHost.Data, Body = BodyKind.Stream, BodyBytesMax = AudienceFileBytesMax, Rate = AudienceRate, Things = [new(ThingKind.Audience, ThingWhere.File), AudienceMade],
        },
        new(HttpMethod.Put, "/v2/bot/audienceGroup/upload/byFile", Audiences)
        {
            Host = LineHost.Data, Body = BodyKind.Stream, BodyBytesMax = AudienceFileBytesMax, Rate = AudienceRate, Things = [Audience(ThingWhere.File)],
        },
        new(HttpMethod.Post, "/v2/bot/audienceGroup/click", Audiences) { Body = BodyKind.Json, Rate = AudienceRate, Things = [SendingOfAudience, AudienceMade] },
        new(HttpMethod.Post, "/v2/bot/audienceGroup/imp", Audiences) { Body = BodyKind.Json, Rate = AudienceRate, Things = [SendingOfAudience, AudienceMade] },
        new(HttpMethod.Put, "/v2/bot/audienceGroup/{audienceGroupId}/updateDescription", Audiences) { Body = BodyKind.Json, Rate = AudienceRate, Things = [AudienceInPath] },
        new(HttpMethod.Delete, "/v2/bot/audienceGroup/{audienceGroupId}", Audiences) { Rate = AudienceRate, Things = [AudienceInPath, Audience(ThingWhere.Gone)] },
        new(HttpMethod.Get, "/v2/bot/audienceGroup/{audienceGroupId}", LooksAtAudiences) { Rate = AudienceRate, Things = [AudienceInPath] },
        new(HttpMethod.Get, "/v2/bot/audienceGroup/list", LooksAtAudiences) { Rate = AudienceRate, Things = [AudiencesListed], Handler = By<ThingLists>(it => it.AudiencesAsync) },
        new(HttpMethod.Get, "/v2/bot/audienceGroup/shared/{audienceGroupId}", LooksAtAudiences) { Rate = AudienceRate, Things = [AudienceInPath] },
        new(HttpMethod.Get, "/v2/bot/audienceGroup/shared/list", LooksAtAudiences) { Rate = AudienceRate, Things = [AudiencesListed], Handler = By<ThingLists>(it => it.AudiencesAsync) },

        new(HttpMethod.Post, "/v2/bot/coupon", Coupons) { Body = BodyKind.Json, Rate = RateLimit.PerSecond(200), Things = [new(ThingKind.Coupon, ThingWhere.Made, "couponId")] },
        new(HttpMethod.Get, "/v2/bot/coupon", LooksAtCoupons)
        {
            Rate = RateLimit.PerSecond(200), Things = [new(ThingKind.Coupon, ThingWhere.List, "items")], Handler = By<ThingLists>(it => it.CouponsAsync),
        },
        new(HttpMethod.Get, "/v2/bot/coupon/{couponId}", LooksAtCoupons) { Rate = RateLimit.PerSecond(200), Things = [CouponInPath] },
        new(HttpMethod.Put, "/v2/bot/coupon/{couponId}/close", Coupons) { Rate = RateLimit.PerSecond(200), Things = [CouponInPath] },
    ];

    private static ThingPlace Audience(ThingWhere where) => new(ThingKind.Audience, where, "audienceGroupId") { Unknown = (_, _) => LineErrors.AudienceNotFound };
}
