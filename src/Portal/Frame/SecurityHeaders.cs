using Microsoft.Extensions.Options;

namespace Portal.Frame;

/// <summary>What browsers are told about every answer: our own scripts and styles only, in nobody's frame.</summary>
internal static class SecurityHeaders
{
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
                var (headers, policy) = ((IHeaderDictionary, string))state;
                headers.TryAdd("Content-Security-Policy", policy); // A file that a provider gave us brings a stricter one.
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                return Task.CompletedTask;
            }, (context.Response.Headers, policy));
            return next(context);
        });
    }
}
