namespace Sandbox.Http;

/// <summary>Keeps pages of other origins from driving the phone and the console through somebody's browser.</summary>
/// <remarks>Browsers say where a request comes from; programs (tests, the demo) say nothing and pass. LINE's own paths are not concerned: they ask for a token or an anti-forgery field.</remarks>
internal static class SameOriginOnly
{
    public static void UseSameOriginForOwnApis(this WebApplication app) => app.Use((http, next) =>
    {
        var isOurs = http.Request.Path.StartsWithSegments("/phone/api") || http.Request.Path.StartsWithSegments("/sandbox/api");
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        if (!isOurs || site is "" or "same-origin" or "none")
            return next(http);

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsJsonAsync(new { Code = "foreignOrigin", Message = "Only pages of this origin may call this." }, http.RequestAborted);
    });
}
