using Microsoft.Extensions.Options;
using Modules.Kit;

namespace LiveDesk;

/// <summary>A partner's module with which people answer: it stands by, takes a chat when a person is asked for, and gives it back.</summary>
/// <remarks>It knows LINE's contract only. Configuration: sections "Module" (<see cref="ModuleOptions"/>) and "Desk" (<see cref="DeskOptions"/>).</remarks>
public static class LiveDeskApp
{
    /// <summary>The port it listens on, on loopback, unless configured otherwise.</summary>
    public const int DefaultPort = 5084;

    private const string Pages = "live-desk-wwwroot";

    /// <summary>Makes the app, ready to run.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ModuleHost.CreateBuilder(args, DefaultPort);
        builder.Services.AddModule<DeskEvents>();
        builder.Services.AddDesk();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSameOriginWrites();
        app.UsePages(Pages);
        app.MapWebhook();
        app.MapPage("/desk", Pages, "desk.html");
        app.MapDesk();
        app.SayWhere("LiveDesk", "/desk");
        return app;
    }

    private static void AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<DeskOptions>, DeskOptionsValidator>();
        services.AddOptions<DeskOptions>()
            .BindConfiguration(DeskOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<DeskStore>();
        services.AddSingleton<DeskFeed>();
        services.AddSingleton<ChatHold>();
        services.AddSingleton<AgentDesk>();
    }
}
