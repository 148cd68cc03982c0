namespace Sandbox.Http;

/// <summary>Gives every answer its <c>x-line-request-id</c>, refusals and unknown paths included.</summary>
internal static class RequestIds
{
    private static readonly object Key = new();

    public static void UseRequestIds(this WebApplication app) => app.Use((http, next) =>
    {
        var id = Guid.NewGuid().ToString("D");
        http.Items[Key] = id;
        http.Response.Headers["x-line-request-id"] = id;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return next(http);
    });

    /// <summary>This request's id: a UUID.</summary>
    public static string LineRequestId(this HttpContext http) => (string)http.Items[Key]!;
}
