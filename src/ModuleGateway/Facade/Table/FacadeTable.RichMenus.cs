using System.Text.RegularExpressions;
using ModuleGateway.Control;
using ModuleGateway.Owned;
using Tenancy;

namespace ModuleGateway.Facade;

/// <content>
/// Rich menus and their aliases. A menu belongs to the linkage that made it; the place where one is shown belongs to whoever may speak there: the default menu
/// to who answers first, a user's to who is active in his chat. Linking there takes the place of whatever was shown, and unlinking clears it, whoever's it was.
/// </content>
/// <remarks>Scopes: ours but for the default menu, of which LINE's partner docs say <c>account:manage</c>.</remarks>
internal static partial class FacadeTable
{
    private static CallRule Menus => new(Scopes.AccountManage, Standing.Attached);
    private static CallRule MenusOfAll => new(Scopes.AccountManage, Standing.DefaultActive) { OnStandbyBy = Scopes.AccountShare };
    private static CallRule MenusOfOne => new(Scopes.AccountManage, Standing.ActiveInChat);
    private static ThingPlace MenuInPath => new(ThingKind.RichMenu, ThingWhere.Path, "richMenuId");
    private static ThingPlace MenuOfAlias => new(ThingKind.RichMenu, ThingWhere.Body, "richMenuId") { Unknown = (id, _) => IsMenuId(id) ? LineErrors.RichMenuOfAliasNotFound : LineErrors.InvalidRichMenuId };
    private static ThingPlace AliasInPath => new(ThingKind.RichMenuAlias, ThingWhere.Path, "richMenuAliasId");
    private static ThingPlace AliasInBody => new(ThingKind.RichMenuAlias, ThingWhere.Body, "richMenuAliasId");
    private static ThingPlace BatchInQuery => new(ThingKind.Batch, ThingWhere.Query, "requestId");
    private static ChatsOf UserInPath => new("userId") { InPath = true };
    private static ChatsOf UsersInBody => new("userIds")
    {
        Max = 500, OnlyUsers = true, Missing = LineErrors.InvalidProperty("userIds", "Size must be between 1 and 500"), Unknown = at => LineErrors.InvalidId($"'userIds[{at}]'"),
    };

    private static ThingPlace[] MenusOfBatch =>
    [
        new(ThingKind.RichMenu, ThingWhere.Body, "from") { Unknown = (_, path) => LineErrors.InvalidProperty(path, "invalid richMenuId") },
        new(ThingKind.RichMenu, ThingWhere.Body, "to") { Unknown = (_, path) => LineErrors.InvalidProperty(path, "invalid richMenuId") },
    ];

    private static IEnumerable<CallRow> RichMenus =>
    [
        new(HttpMethod.Post, "/v2/bot/richmenu", Menus)
        {
            Body = BodyKind.Json, Rate = RateLimit.PerHour(100), Things = [AliasInBody, new(ThingKind.RichMenu, ThingWhere.Made, "richMenuId")],
        },
        new(HttpMethod.Post, "/v2/bot/richmenu/validate", Menus) { Body = BodyKind.Json, Things = [AliasInBody] },
        new(HttpMethod.Get, "/v2/bot/richmenu/list", Menus) { Rate = RateLimit.PerSecond(10), Things = [new(ThingKind.RichMenu, ThingWhere.List, "richmenus")] },
        new(HttpMethod.Get, "/v2/bot/richmenu/{richMenuId}", Menus) { Things = [MenuInPath] },
        new(HttpMethod.Delete, "/v2/bot/richmenu/{richMenuId}", Menus) { Rate = RateLimit.PerHour(100), Things = [MenuInPath, new(ThingKind.RichMenu, ThingWhere.Gone, "richMenuId")] },
        new(HttpMethod.Get, "/v2/bot/richmenu/{richMenuId}/content", Menus) { Host = LineHost.Data, Answer = AnswerKind.Stream, Things = [MenuInPath] },
        new(HttpMethod.Post, "/v2/bot/richmenu/{richMenuId}/content", Menus) { Host = LineHost.Data, Body = BodyKind.Stream, Things = [MenuInPath] },

        new(HttpMethod.Get, "/v2/bot/user/all/richmenu", MenusOfAll)
        {
            Things = [new(ThingKind.RichMenu, ThingWhere.Answer, "richMenuId") { Unknown = (_, _) => LineErrors.NoDefaultRichMenu }],
        },
        new(HttpMethod.Post, "/v2/bot/user/all/richmenu/{richMenuId}", MenusOfAll) { Things = [MenuInPath] },
        new(HttpMethod.Delete, "/v2/bot/user/all/richmenu", MenusOfAll),

        new(HttpMethod.Get, "/v2/bot/user/{userId}/richmenu", MenusOfOne)
        {
            Chats = UserInPath, Unknown = LineErrors.NoRichMenuOfUser,
            Things = [new(ThingKind.RichMenu, ThingWhere.Answer, "richMenuId") { Unknown = (_, _) => LineErrors.NoRichMenuOfUser }],
        },
        new(HttpMethod.Post, "/v2/bot/user/{userId}/richmenu/{richMenuId}", MenusOfOne) { Chats = UserInPath, Unknown = FacadeAnswer.Empty, Things = [MenuInPath] }, // LINE: 200 without effect.
        new(HttpMethod.Delete, "/v2/bot/user/{userId}/richmenu", MenusOfOne) { Chats = UserInPath, Unknown = FacadeAnswer.Empty },
        new(HttpMethod.Post, "/v2/bot/richmenu/bulk/link", MenusOfOne)
        {
            Body = BodyKind.Json, Chats = UsersInBody,
            Things = [new(ThingKind.RichMenu, ThingWhere.Body, "richMenuId") { Unknown = (id, _) => IsMenuId(id) ? LineErrors.RichMenuNotFound : LineErrors.InvalidRichMenuId }],
        },
        new(HttpMethod.Post, "/v2/bot/richmenu/bulk/unlink", MenusOfOne) { Body = BodyKind.Json, Chats = UsersInBody },

        new(HttpMethod.Post, "/v2/bot/richmenu/batch", MenusOfAll) { Body = BodyKind.Json, Rate = RateLimit.PerHour(3), Things = [.. MenusOfBatch, new(ThingKind.Batch, ThingWhere.Made)] },
        new(HttpMethod.Post, "/v2/bot/richmenu/validate/batch", MenusOfAll) { Body = BodyKind.Json, Things = MenusOfBatch },
        new(HttpMethod.Get, "/v2/bot/richmenu/progress/batch", Menus) { Rate = RateLimit.PerHour(100), Things = [BatchInQuery] },

        new(HttpMethod.Post, "/v2/bot/richmenu/alias", Menus) { Body = BodyKind.Json, Things = [MenuOfAlias, AliasInBody, new(ThingKind.RichMenuAlias, ThingWhere.Made, "richMenuAliasId")] },
        new(HttpMethod.Get, "/v2/bot/richmenu/alias/list", Menus) { Things = [new(ThingKind.RichMenuAlias, ThingWhere.List, "aliases")] },
        new(HttpMethod.Get, "/v2/bot/richmenu/alias/{richMenuAliasId}", Menus) { Things = [AliasInPath] },
        new(HttpMethod.Post, "/v2/bot/richmenu/alias/{richMenuAliasId}", Menus) { Body = BodyKind.Json, Things = [MenuOfAlias, AliasInPath] },
        new(HttpMethod.Delete, "/v2/bot/richmenu/alias/{richMenuAliasId}", Menus)
        {
            Rate = RateLimit.PerHour(100), Things = [AliasInPath, new(ThingKind.RichMenuAlias, ThingWhere.Gone, "richMenuAliasId")],
        },
    ];

    /// <summary>How often a menu was seen and touched.</summary>
    private static IEnumerable<CallRow> MenuStatistics =>
    [
        new(HttpMethod.Get, "/v2/bot/insight/richmenu/{richMenuId}/summary", Studies) { Rate = RateLimit.PerHour(60), Things = [MenuInPath] },
        new(HttpMethod.Get, "/v2/bot/insight/richmenu/{richMenuId}/daily", Studies) { Rate = RateLimit.PerHour(60), Things = [MenuInPath] },
    ];

    private static bool IsMenuId(string text) => MenuId().IsMatch(text);

    [GeneratedRegex(@"\Arichmenu-[0-9a-f]{32}\z")]
    private static partial Regex MenuId();
}
