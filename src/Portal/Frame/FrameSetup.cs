using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Frame.Errors;
using Portal.Frame.Language;
using Radzen;

namespace Portal.Frame;

internal static class FrameSetup
{
    /// <summary>Pages, texts, assets and error pages: what every feature stands on.</summary>
    public static void AddFrame(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PortalOptions>()
            .BindConfiguration(PortalOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(PortalOptions.AreOrigins, $"{PortalOptions.Section}:PublicUrl and {PortalOptions.Section}:FormTargets:* must be origins, as in https://market.example: scheme, host and port, no path.")
            .Validate(PortalOptions.AreNetworks, $"{PortalOptions.Section}:Proxies:* must be addresses or networks, as in 10.1.2.3 or 10.0.0.0/8.")
            .ValidateOnStart();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(options => options.Cookie.Name = "mm.forms");
        services.AddLocalization();
        services.AddSingleton(Assets.Load(Path.Combine(AppContext.BaseDirectory, Assets.Folder)));
        services.TryAddSingleton(TimeProvider.System); // A host or a test may have put its own clock first.
        services.AddSingleton<Site>();
        services.AddScoped<Reader>();
        services.AddErrorPages();
    }

    public static void MapFrame(this WebApplication app)
    {
        Robots.Map(app);

        // Blazor would set a content security policy of its own, with less in it than ours.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
