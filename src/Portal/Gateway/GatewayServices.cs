using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Portal.Gateway;

public static class GatewayServices
{
    /// <summary>The gateway's management client and the nudge.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>()
            .BindConfiguration("Gateway", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddHttpClient<GatewayClient>((provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
            http.BaseAddress = new Uri(options.BaseUrl.TrimEnd('/') + "/");
            http.Timeout = options.AnswerTimeout;
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ManagementKey);
        });
        services.AddSingleton<RegistryNudge>();
        services.AddHostedService(provider => provider.GetRequiredService<RegistryNudge>());
        return services;
    }
}
