using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Sandbox.Consent;

/// <summary>The services and files of the sign-in and consent pages.</summary>
internal static class ConsentSetup
{
    /// <summary>The folder beside the assembly that holds the pages' style sheet.</summary>
    private const string FolderName = "sandbox-consent";

    // Ports do not keep cookies apart, and other parts of a marketplace run on the same host name: our cookies have names of their own.
    private const string SessionCookie = "line-sandbox-manager";
    private const string FormCookie = "line-sandbox-form";

    public static IServiceCollection AddConsent(this IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("LineSandbox"); // Not the marketplace's: LINE is another company.
        if (configuration["Data:Folder"] is { Length: > 0 } folder)
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
        else
            protection.UseEphemeralDataProtectionProvider();

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = SessionCookie;
            cookie.Cookie.SameSite = SameSiteMode.Lax; // The browser comes from the provider's page.
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        });
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = FormCookie;
            form.FormFieldName = ConsentPages.TokenField;
        });
        return services.AddSingleton<AuthorizationCodes>().AddSingleton<ConsentEndpoints>().AddSingleton<ExchangeCode>();
    }

    /// <summary>Maps the pages, their style sheet and the code exchange.</summary>
    public static void MapConsent(this IEndpointRouteBuilder routes)
    {
        var styles = Path.Combine(AppContext.BaseDirectory, FolderName, "consent.css");
        routes.MapGet("/module/auth/v1/consent.css", () => TypedResults.PhysicalFile(styles, "text/css"));
        ConsentEndpoints.Map(routes);
        ExchangeCode.Map(routes);
    }
}
