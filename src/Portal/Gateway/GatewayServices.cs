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
        services.AddHttpClient<GatewayClient>((provider, http) => Point(http, provider.GetRequiredService<IOptions<GatewayOptions>>().Value).Timeout = provider.GetRequiredService<IOptions<GatewayOptions>>().Value.AnswerTimeout);
        services.AddHttpClient<ChannelClient>((provider, http) => Point(http, provider.GetRequiredService<IOptions<GatewayOptions>>().Value).Timeout = ChannelClient.AnswerMax);
        services.AddHttpClient<ProbeClient>((provider, http) => Point(http, provider.GetRequiredService<IOptions<GatewayOptions>>().Value).Timeout = ProbeClient.AnswerMax);
        services.AddSingleton<RegistryNudge>();
        services.AddHostedService(provider => provider.GetRequiredService<RegistryNudge>());
        return services;
    }

    private static HttpClient Point(HttpClient http, GatewayOptions options)
    {
        http.BaseAddress = new Uri(options.BaseUrl.TrimEnd('/') + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ManagementKey);
        return http;
    }
}
