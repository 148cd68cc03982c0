using Sandbox.Api;

namespace Sandbox.Control;

/// <summary>The calls of chat control.</summary>
internal static class ControlRoutes
{
    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<AcquireControl>("POST", "/v2/bot/chat/{chatId}/control/acquire", (handler, call) => handler.Handle(call));
        routes.MapCall<ReleaseControl>("POST", "/v2/bot/chat/{chatId}/control/release", (handler, call) => handler.Handle(call));
    }
}
