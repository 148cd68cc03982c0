using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.Audiences;

/// <summary>The audience calls.</summary>
internal static class AudienceRoutes
{
    public static IServiceCollection AddAudiences(this IServiceCollection services)
    {
        services.AddSingleton<AudienceBook>().AddSingleton<AudienceUploads>().AddSingleton<AudienceCalls>();
        return services.AddSingleton<IAccountData>(provider => provider.GetRequiredService<AudienceBook>());
    }

    public static void MapAudiences(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<AudienceUploads>("POST", "/v2/bot/audienceGroup/upload", (handler, call) => handler.Create(call));
        routes.MapCall<AudienceUploads>("PUT", "/v2/bot/audienceGroup/upload", (handler, call) => handler.Add(call));
        routes.MapSlowCall<AudienceUploads>("POST", "/v2/bot/audienceGroup/upload/byFile", (handler, call) => handler.CreateByFileAsync(call));
        routes.MapSlowCall<AudienceUploads>("PUT", "/v2/bot/audienceGroup/upload/byFile", (handler, call) => handler.AddByFileAsync(call));
        routes.MapCall<AudienceCalls>("POST", "/v2/bot/audienceGroup/click", (handler, call) => handler.Retarget(call, AudienceType.Click));
        routes.MapCall<AudienceCalls>("POST", "/v2/bot/audienceGroup/imp", (handler, call) => handler.Retarget(call, AudienceType.Imp));
        routes.MapCall<AudienceCalls>("PUT", "/v2/bot/audienceGroup/{audienceGroupId}/updateDescription", (handler, call) => handler.Rename(call));
        routes.MapCall<AudienceCalls>("GET", "/v2/bot/audienceGroup/list", (handler, call) => handler.List(call));
        routes.MapCall<AudienceCalls>("GET", "/v2/bot/audienceGroup/{audienceGroupId}", (handler, call) => handler.Get(call));
        routes.MapCall<AudienceCalls>("DELETE", "/v2/bot/audienceGroup/{audienceGroupId}", (handler, call) => handler.Delete(call));
        routes.MapCall<AudienceCalls>("GET", "/v2/bot/audienceGroup/shared/list", (handler, call) => handler.SharedList(call));
        routes.MapCall("GET", "/v2/bot/audienceGroup/shared/{audienceGroupId}", _ => AudienceErrors.NotFound);
    }
}
