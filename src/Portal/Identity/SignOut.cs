using Microsoft.AspNetCore.Http.HttpResults;

namespace Portal.Identity;

/// <summary>Ends the session of this browser.</summary>
public static class SignOut
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", (Delegate)PostAsync).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(HttpContext context, Sessions sessions)
    {
        await sessions.EndAsync(context);
        return TypedResults.LocalRedirect("/");
    }
}
