using Microsoft.Extensions.Options;

namespace Portal.Frame;

/// <summary>What browsers are told about every answer: our own scripts and styles only, in nobody's frame.</summary>
internal static class SecurityHeaders
{
    // Without it Blazor's script loads the whole page anew instead of merging it into the one that is shown.
    private const string EnhancedNavigation = "blazor-enhanced-nav";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value;
        var policy = string.Join("; ",
            "default-src 'self'",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            string.Join(' ', ["form-action 'self'", .. options.FormTargets]),
            "frame-ancestors 'none'");

        app.Use((context, next) =>
        {
            // On starting, because the error page clears what was set before it.
            context.Response.OnStarting(static state =>
            {
                var (context, policy) = ((HttpContext, string))state;
                var headers = context.Response.Headers;
                var hasLibrary = ComponentLibraryAttribute.IsUsedBy(context);
                headers.TryAdd("Content-Security-Policy", hasLibrary ? $"{policy}; style-src-attr 'unsafe-inline'" : policy); // A file that a provider gave us brings a stricter one.
                if (hasLibrary)
                    headers.Remove(EnhancedNavigation); // The document that is left would keep its own policy and never run the library's script.
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                return Task.CompletedTask;
            }, (context, policy));
            return next(context);
        });
    }
}
