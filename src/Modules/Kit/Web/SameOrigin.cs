namespace Modules.Kit;

/// <summary>Refuses what another site's page makes a browser send: every browser of today says where a request comes from.</summary>
internal static class SameOrigin
{
    /// <summary>403 to calls that change something and were started by a page of another origin. Programs, which send no such header, pass.</summary>
    public static void UseSameOriginWrites(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        var isWrite = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (!isWrite || site is "" or "same-origin" or "none")
            return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This call came from another site's page.");
    });
}
