using Line;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Modules.Kit;

/// <summary>Registers what every module needs.</summary>
internal static class ModuleServices
{
    /// <summary>Options, store, inbox, worker and LINE's clients; <typeparamref name="THandler"/> is the module's own work.</summary>
    public static void AddModule<THandler>(this IServiceCollection services) where THandler : class, IEventHandler
    {
        services.AddSingleton<IValidateOptions<ModuleOptions>, ModuleOptionsValidator>();
        services.AddOptions<ModuleOptions>()
            .BindConfiguration(ModuleOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System); // A host may have put its own clock first.
        services.AddSingleton(provider => new LineSignature(Options(provider).ChannelSecret));
        services.AddSingleton<ModuleStore>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<IEventHandler, THandler>();
        services.AddHostedService<InboxWorker>();

        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            Timeout = TimeSpan.FromSeconds(10),
        });
        services.AddSingleton(provider => LineEndpoints.At(Options(provider).ApiBaseUrl!));
        services.AddSingleton<IChannelTokenSource>(provider => StatelessTokenSource.ForSecret(
            new ChannelTokenClient(provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<LineEndpoints>()),
            ChannelId.Parse(Options(provider).ChannelId, null),
            Options(provider).ChannelSecret,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LineClient(provider.GetRequiredService<HttpClient>(), provider.GetRequiredService<IChannelTokenSource>(), new LineClientOptions
        {
            Endpoints = provider.GetRequiredService<LineEndpoints>(),
            Retry = LineRetry.None, // The inbox repeats: an event's handler as a whole, with its keys.
        }));
        services.AddSingleton(provider => provider.GetRequiredService<LineClient>().Modules);
    }

    private static ModuleOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ModuleOptions>>().Value;
}
