using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Portal.Frame.Language;

/// <summary>Which of our languages a reader gets: the address says (and is remembered), else the cookie, else the browser.</summary>
internal static class ReadersLanguage
{
    private const string CookieName = "mm.language";
    private const string QueryName = "culture";

    public static void UseReadersLanguage(this WebApplication app)
    {
        app.UseRequestLocalization(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Languages.Default);
            options.SupportedCultures = options.SupportedUICultures = [.. Languages.All.Select(CultureInfo.GetCultureInfo)];
            options.ApplyCurrentCultureToResponseHeaders = false; // The page may be shown in a fallback; its lang attribute says which.
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Answer(Languages.Match(context.Request.Query[QueryName]))),
                new CustomRequestCultureProvider(context => Answer(Languages.Match(context.Request.Cookies[CookieName]))),
                new CustomRequestCultureProvider(context => Answer(FromBrowser(context.Request))),
            ];
        });
        app.Use((context, next) =>
        {
            if (Languages.Match(context.Request.Query[QueryName]) is { } chosen)
                context.Response.Cookies.Append(CookieName, chosen, new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps });

            context.Response.Headers.Append("Vary", "Accept-Language, Cookie");
            return next(context);
        });
    }

    private static string? FromBrowser(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => Languages.Match(language.Value.Value))
        .FirstOrDefault(language => language is not null);

    private static Task<ProviderCultureResult?> Answer(string? language) => Task.FromResult(language is null ? null : new ProviderCultureResult(language));
}
