using Microsoft.AspNetCore.Authentication.Cookies;

namespace Portal.Identity;

public static class IdentityServices
{
    public static IServiceCollection AddPortalIdentity(this IServiceCollection services)
    {
        services.AddOptions<IdentityOptions>()
            .BindConfiguration("Identity", binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddAuthentication(SessionCookie.Scheme).AddCookie(SessionCookie.Scheme, cookie =>
        {
            cookie.Cookie.Name = "mm.session";
            cookie.Cookie.HttpOnly = true;
            // Lax, not strict: the return from LINE is a link from another site, and the buyer is still themselves.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/sign-in";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        });
        services.AddScoped<CurrentPerson>();
        services.AddScoped<CurrentMember>();
        return services;
    }

    /// <summary>Who is asking, and in which organisation. After the error pages and before antiforgery, whose tokens know the person.</summary>
    public static void UsePortalIdentity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseMiddleware<PersonMiddleware>();
        app.UseMiddleware<OrganisationMiddleware>();
        app.UseMiddleware<OperatorMiddleware>();
        app.UseMiddleware<RightsMiddleware>();
    }

    public static void MapPortalIdentity(this IEndpointRouteBuilder routes)
    {
        SignIn.Map(routes);
        SignOut.Map(routes);
        MyPlace.Map(routes);
    }
}
