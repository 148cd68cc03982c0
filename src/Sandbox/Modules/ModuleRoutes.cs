using Sandbox.Api;

namespace Sandbox.Modules;

/// <summary>The calls that only module channels have.</summary>
internal static class ModuleRoutes
{
    public static void MapModules(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<DetachModule>("POST", "/v2/bot/channel/detach", (handler, call) => handler.Handle(call));
        routes.MapCall<BotList>("GET", "/v2/bot/list", (handler, call) => handler.Handle(call));
    }
}
