namespace ModuleGateway.Attaching;

/// <summary>GET /attach/callback: where LINE sends the owner's browser after consent.</summary>
internal static class AttachEndpoints
{
    public static void MapAttaching(this IEndpointRouteBuilder routes) => routes.MapGet("/attach/callback", async (HttpContext http, AttachFlow flow) =>
    {
        var query = http.Request.Query;
        var back = await flow.ReturnAsync(query["state"], query["code"], query["error"], query["error_description"], http.RequestAborted);
        http.Response.Headers["Referrer-Policy"] = "no-referrer"; // The code stands in this URL.
        return back is null
            ? Results.Text("This page was opened without a consent that we asked for. Go back to the marketplace and connect again.", statusCode: 400)
            : Results.Redirect(back.ToString());
    });
}
