using Sandbox.Tokens;

namespace Sandbox.Api;

/// <summary>The calls that this platform knows. Scopes: attach documentation; where LINE is silent, the choice is marked.</summary>
internal static class ApiTable
{
    private static readonly Rate PerSecond200 = Rate.PerSecond(200);
    private static readonly Rate PerMinute1000 = Rate.PerMinute(1000);
    private static readonly Rate PerMinute60 = Rate.PerMinute(60);
    private static readonly Rate PerHour60 = Rate.PerHour(60);
    private static readonly Rate PerHour100 = Rate.PerHour(100);

    public static readonly IReadOnlyList<ApiRow> Rows =
    [
        new("POST", "/v2/bot/message/reply", Scopes.MessageSend),
        new("POST", "/v2/bot/message/push", Scopes.MessageSend, TakesRetryKey: true),
        new("POST", "/v2/bot/message/multicast", Scopes.MessageSend, PerSecond200, TakesRetryKey: true),
        new("POST", "/v2/bot/message/validate/reply", Scopes.MessageSend),        // Scope of these five: ours.
        new("POST", "/v2/bot/message/validate/push", Scopes.MessageSend),
        new("POST", "/v2/bot/message/validate/multicast", Scopes.MessageSend),
        new("POST", "/v2/bot/message/validate/narrowcast", Scopes.MessageSend),
        new("POST", "/v2/bot/message/validate/broadcast", Scopes.MessageSend),
        new("GET", "/v2/bot/message/quota", Scopes.MessageSend),
        new("GET", "/v2/bot/message/quota/consumption", Scopes.MessageSend),
        new("GET", "/v2/bot/message/{messageId}/content", Scopes.MessageReceive), // Scope: ours.
        new("POST", "/v2/bot/chat/loading/start", Scopes.MessageSend, Rate.PerSecond(100)),
        new("POST", "/v2/bot/chat/markAsRead", null),                              // Scope: ours.
        new("POST", "/v2/bot/message/markAsRead", Scopes.MarkAsRead),
        new("GET", "/v2/bot/profile/{userId}", Scopes.ProfileRead),
        new("GET", "/v2/bot/info", null),
        new("POST", "/v2/bot/user/{userId}/linkToken", null),
        new("GET", "/v2/bot/group/{groupId}/summary", Scopes.ProfileRead),
        new("GET", "/v2/bot/group/{groupId}/members/count", Scopes.ProfileRead),
        new("GET", "/v2/bot/group/{groupId}/members/ids", Scopes.ProfileRead),      // Scope: ours.
        new("GET", "/v2/bot/group/{groupId}/member/{userId}", Scopes.ProfileRead),
        new("POST", "/v2/bot/group/{groupId}/leave", null),
        new("GET", "/v2/bot/room/{roomId}/members/count", Scopes.ProfileRead),
        new("GET", "/v2/bot/room/{roomId}/members/ids", Scopes.ProfileRead),        // Scope: ours.
        new("GET", "/v2/bot/room/{roomId}/member/{userId}", Scopes.ProfileRead),
        new("POST", "/v2/bot/room/{roomId}/leave", null),
        new("POST", "/v2/bot/chat/{chatId}/control/acquire", Scopes.MessageReceive),
        new("POST", "/v2/bot/chat/{chatId}/control/release", Scopes.MessageReceive),
        new("GET", "/v2/bot/channel/webhook/endpoint", null, PerMinute1000),
        new("PUT", "/v2/bot/channel/webhook/endpoint", null, PerMinute1000),
        new("POST", "/v2/bot/channel/webhook/test", null, PerHour60),
        new("POST", "/v2/bot/channel/detach", null, NamesBot: false),
        new("GET", "/v2/bot/list", null, NamesBot: false),

        // Rich menus. Of all these LINE names a scope for one only, to set the default; the others take the same: ours.
        new("POST", "/v2/bot/richmenu", Scopes.AccountManage, PerHour100),
        new("POST", "/v2/bot/richmenu/validate", Scopes.AccountManage),
        new("GET", "/v2/bot/richmenu/list", Scopes.AccountManage, Rate.PerSecond(10)),
        new("GET", "/v2/bot/richmenu/{richMenuId}", Scopes.AccountManage),
        new("DELETE", "/v2/bot/richmenu/{richMenuId}", Scopes.AccountManage, PerHour100),
        new("POST", "/v2/bot/richmenu/{richMenuId}/content", Scopes.AccountManage, ReadsBody: true),
        new("GET", "/v2/bot/richmenu/{richMenuId}/content", Scopes.AccountManage),
        new("POST", "/v2/bot/user/all/richmenu/{richMenuId}", Scopes.AccountManage),
        new("GET", "/v2/bot/user/all/richmenu", Scopes.AccountManage),
        new("DELETE", "/v2/bot/user/all/richmenu", Scopes.AccountManage),
        new("POST", "/v2/bot/user/{userId}/richmenu/{richMenuId}", Scopes.AccountManage),
        new("GET", "/v2/bot/user/{userId}/richmenu", Scopes.AccountManage),
        new("DELETE", "/v2/bot/user/{userId}/richmenu", Scopes.AccountManage),
        new("POST", "/v2/bot/richmenu/bulk/link", Scopes.AccountManage),
        new("POST", "/v2/bot/richmenu/bulk/unlink", Scopes.AccountManage),
        new("POST", "/v2/bot/richmenu/batch", Scopes.AccountManage, Rate.PerHour(3)),
        new("POST", "/v2/bot/richmenu/validate/batch", Scopes.AccountManage),
        new("GET", "/v2/bot/richmenu/progress/batch", Scopes.AccountManage, PerHour100),
        new("POST", "/v2/bot/richmenu/alias", Scopes.AccountManage),
        new("POST", "/v2/bot/richmenu/alias/{richMenuAliasId}", Scopes.AccountManage),
        new("GET", "/v2/bot/richmenu/alias/list", Scopes.AccountManage),
        new("GET", "/v2/bot/richmenu/alias/{richMenuAliasId}", Scopes.AccountManage),
        new("DELETE", "/v2/bot/richmenu/alias/{richMenuAliasId}", Scopes.AccountManage, PerHour100),

        // To many, and what became of it. The counts' scopes are ours.
        new("POST", "/v2/bot/message/broadcast", Scopes.MessageSend, PerHour60, TakesRetryKey: true),
        new("GET", "/v2/bot/followers/ids", Scopes.ProfileRead), // Scope: ours.
        new("GET", "/v2/bot/message/delivery/reply", Scopes.MessageSend),
        new("GET", "/v2/bot/message/delivery/push", Scopes.MessageSend),
        new("GET", "/v2/bot/message/delivery/multicast", Scopes.MessageSend),
        new("GET", "/v2/bot/message/delivery/broadcast", Scopes.MessageSend),
        new("GET", "/v2/bot/message/delivery/pnp/templated", Scopes.TemplatedPnp),
        new("GET", "/v2/bot/message/aggregation/info", Scopes.MessageSend),
        new("GET", "/v2/bot/message/aggregation/list", Scopes.MessageSend),
        new("POST", "/v2/bot/message/narrowcast", Scopes.MessageSend, PerHour60, TakesRetryKey: true),
        new("GET", "/v2/bot/message/progress/narrowcast", Scopes.MessageSend),

        new("POST", "/v2/bot/audienceGroup/upload", Scopes.MessageSend, PerMinute60),
        new("PUT", "/v2/bot/audienceGroup/upload", Scopes.MessageSend, PerMinute60),
        new("POST", "/v2/bot/audienceGroup/upload/byFile", Scopes.MessageSend, PerMinute60, ReadsBody: true),
        new("PUT", "/v2/bot/audienceGroup/upload/byFile", Scopes.MessageSend, PerMinute60, ReadsBody: true),
        new("POST", "/v2/bot/audienceGroup/click", Scopes.MessageSend, PerMinute60),
        new("POST", "/v2/bot/audienceGroup/imp", Scopes.MessageSend, PerMinute60),
        new("PUT", "/v2/bot/audienceGroup/{audienceGroupId}/updateDescription", Scopes.MessageSend, PerMinute60),
        new("GET", "/v2/bot/audienceGroup/list", Scopes.MessageSend, PerMinute60),
        new("GET", "/v2/bot/audienceGroup/{audienceGroupId}", Scopes.MessageSend, PerMinute60),
        new("DELETE", "/v2/bot/audienceGroup/{audienceGroupId}", Scopes.MessageSend, PerMinute60),
        new("GET", "/v2/bot/audienceGroup/shared/list", Scopes.MessageSend, PerMinute60),
        new("GET", "/v2/bot/audienceGroup/shared/{audienceGroupId}", Scopes.MessageSend, PerMinute60),

        new("POST", "/v2/bot/coupon", Scopes.CouponManage, PerSecond200),
        new("GET", "/v2/bot/coupon", Scopes.CouponManage, PerSecond200),
        new("GET", "/v2/bot/coupon/{couponId}", Scopes.CouponManage, PerSecond200),
        new("PUT", "/v2/bot/coupon/{couponId}/close", Scopes.CouponManage, PerSecond200),
        new("POST", "/v2/bot/message/pnp/templated/push", Scopes.TemplatedPnp),
        new("GET", "/v2/bot/insight/message/delivery", Scopes.AccountManage, PerHour60),
        new("GET", "/v2/bot/insight/followers", Scopes.AccountManage, PerHour60),
        new("GET", "/v2/bot/insight/demographic", Scopes.AccountManage, PerHour60),
        new("GET", "/v2/bot/insight/message/event", Scopes.AccountManage, PerHour60),
        new("GET", "/v2/bot/insight/message/event/aggregation", Scopes.AccountManage, PerHour60),
        new("GET", "/v2/bot/insight/richmenu/{richMenuId}/summary", Scopes.AccountManage, PerHour60), // Scope of these two: ours.
        new("GET", "/v2/bot/insight/richmenu/{richMenuId}/daily", Scopes.AccountManage, PerHour60),
        new("GET", "/v2/bot/message/{messageId}/content/preview", Scopes.MessageReceive),     // Scope: ours.
        new("GET", "/v2/bot/message/{messageId}/content/transcoding", Scopes.MessageReceive), // Scope: ours.
    ];

    /// <exception cref="InvalidOperationException">A handler is mapped to a call that the table does not list: a bug.</exception>
    public static ApiRow Find(string method, string path) =>
        Rows.FirstOrDefault(row => row.Method == method && row.Path == path) ?? throw new InvalidOperationException($"{method} {path} is not in the table of calls.");
}
