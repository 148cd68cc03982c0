using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.Narrowcasts;

/// <summary>The narrowcast calls.</summary>
internal static class NarrowcastRoutes
{
    public static IServiceCollection AddNarrowcasts(this IServiceCollection services)
    {
        services.AddSingleton(Random.Shared).AddSingleton<RecipientRules>().AddSingleton<NarrowcastBook>().AddSingleton<NarrowcastCalls>();
        return services.AddSingleton<IAccountData>(provider => provider.GetRequiredService<NarrowcastBook>());
    }

    public static void MapNarrowcasts(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<NarrowcastCalls>("POST", "/v2/bot/message/narrowcast", (handler, call) => handler.Send(call));
        routes.MapCall<NarrowcastCalls>("GET", "/v2/bot/message/progress/narrowcast", (handler, call) => handler.Progress(call));
    }
}
