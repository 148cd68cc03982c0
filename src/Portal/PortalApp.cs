using Portal.Audit;
using Portal.Catalog;
using Portal.Console;
using Portal.Development;
using Portal.Frame;
using Portal.Frame.Errors;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Leaving;
using Portal.Jobs;
using Portal.Listings;
using Portal.Mail;
using Portal.Operations;
using Portal.Providers;
using Portal.Purchasing;
using Portal.Store;

namespace Portal;

/// <summary>The web app for SMBs, partners and the operator.</summary>
public static class PortalApp
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Builds the portal, ready to run.</summary>
    /// <param name="configure">Called before anything is read from the configuration: a host or a test overrides it here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = "Portal", ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls(DefaultUrl);

        configure?.Invoke(builder);

        builder.AddFrame();
        builder.Services.AddPortalStore(builder.Configuration);
        builder.Services.AddMediation();
        builder.Services.AddMail();
        builder.Services.AddAudit();
        builder.Services.AddCatalog();
        builder.Services.AddGateway();
        builder.Services.AddPortalIdentity(builder.Configuration);
        builder.Services.AddPurchasing();
        builder.Services.AddConsole();
        builder.Services.AddDevelopment();
        builder.Services.AddJobs();
        builder.Services.AddProviders();
        builder.Services.AddOperations();
        builder.Services.AddListings();

        var app = builder.Build();

        app.UseProxies();
        app.UseErrorPages();
        app.UseSecurityHeaders();
        app.UseAssets();
        app.UseReadersLanguage();
        app.UsePortalIdentity();
        app.UseAntiforgery();

        app.MapCatalog();
        app.MapPortalIdentity();
        app.MapPurchasing();
        app.MapConsole();
        app.MapLeaving();
        app.MapDevelopment();
        app.MapOperations();
        app.MapListings();
        app.MapProviders();
        app.MapFrame();
        return app;
    }
}
