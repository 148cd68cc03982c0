using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.RichMenus;

/// <summary>The rich menu calls.</summary>
internal static class RichMenuRoutes
{
    public static IServiceCollection AddRichMenus(this IServiceCollection services)
    {
        services.AddSingleton<RichMenuBook>().AddSingleton<RichMenuCalls>().AddSingleton<RichMenuLinks>().AddSingleton<RichMenuAliases>().AddSingleton<RichMenuBatches>();
        services.AddSingleton<IAccountData>(provider => provider.GetRequiredService<RichMenuBook>());
        return services.AddSingleton<IAccountData>(provider => provider.GetRequiredService<RichMenuBatches>());
    }

    public static void MapRichMenus(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<RichMenuCalls>("POST", "/v2/bot/richmenu", (handler, call) => handler.Create(call));
        routes.MapCall("POST", "/v2/bot/richmenu/validate", RichMenuCalls.Validate);
        routes.MapCall<RichMenuCalls>("GET", "/v2/bot/richmenu/list", (handler, call) => handler.List(call));
        routes.MapCall<RichMenuCalls>("GET", "/v2/bot/richmenu/{richMenuId}", (handler, call) => handler.Get(call));
        routes.MapCall<RichMenuCalls>("DELETE", "/v2/bot/richmenu/{richMenuId}", (handler, call) => handler.Delete(call));
        routes.MapSlowCall<RichMenuCalls>("POST", "/v2/bot/richmenu/{richMenuId}/content", (handler, call) => handler.UploadAsync(call));
        routes.MapCall<RichMenuCalls>("GET", "/v2/bot/richmenu/{richMenuId}/content", (handler, call) => handler.Download(call));

        routes.MapCall<RichMenuLinks>("POST", "/v2/bot/user/all/richmenu/{richMenuId}", (handler, call) => handler.SetDefault(call));
        routes.MapCall<RichMenuLinks>("GET", "/v2/bot/user/all/richmenu", (handler, call) => handler.GetDefault(call));
        routes.MapCall<RichMenuLinks>("DELETE", "/v2/bot/user/all/richmenu", (handler, call) => handler.ClearDefault(call));
        routes.MapCall<RichMenuLinks>("POST", "/v2/bot/user/{userId}/richmenu/{richMenuId}", (handler, call) => handler.Link(call));
        routes.MapCall<RichMenuLinks>("GET", "/v2/bot/user/{userId}/richmenu", (handler, call) => handler.GetOfUser(call));
        routes.MapCall<RichMenuLinks>("DELETE", "/v2/bot/user/{userId}/richmenu", (handler, call) => handler.Unlink(call));
        routes.MapCall<RichMenuLinks>("POST", "/v2/bot/richmenu/bulk/link", (handler, call) => handler.BulkLink(call));
        routes.MapCall<RichMenuLinks>("POST", "/v2/bot/richmenu/bulk/unlink", (handler, call) => handler.BulkUnlink(call));

        routes.MapCall<RichMenuBatches>("POST", "/v2/bot/richmenu/batch", (handler, call) => handler.Accept(call));
        routes.MapCall<RichMenuBatches>("POST", "/v2/bot/richmenu/validate/batch", (handler, call) => handler.Validate(call));
        routes.MapCall<RichMenuBatches>("GET", "/v2/bot/richmenu/progress/batch", (handler, call) => handler.Progress(call));

        routes.MapCall<RichMenuAliases>("POST", "/v2/bot/richmenu/alias", (handler, call) => handler.Create(call));
        routes.MapCall<RichMenuAliases>("POST", "/v2/bot/richmenu/alias/{richMenuAliasId}", (handler, call) => handler.Update(call));
        routes.MapCall<RichMenuAliases>("GET", "/v2/bot/richmenu/alias/list", (handler, call) => handler.List(call));
        routes.MapCall<RichMenuAliases>("GET", "/v2/bot/richmenu/alias/{richMenuAliasId}", (handler, call) => handler.Get(call));
        routes.MapCall<RichMenuAliases>("DELETE", "/v2/bot/richmenu/alias/{richMenuAliasId}", (handler, call) => handler.Delete(call));
        PhoneMenus.Map(routes);
    }
}
