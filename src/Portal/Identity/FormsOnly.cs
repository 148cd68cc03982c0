using Microsoft.AspNetCore.Antiforgery;

namespace Portal.Identity;

public static class FormsOnly
{
    /// <summary>The route takes only forms of our own pages: without their antiforgery token it answers 400.</summary>
    /// <remarks>The antiforgery middleware only notes what it found; a route that reads no field would never look at the note.</remarks>
    public static RouteHandlerBuilder ForFormsOnly(this RouteHandlerBuilder route) => route
        .WithMetadata(new RequireAntiforgeryTokenAttribute())
        .AddEndpointFilter(async (call, next) => call.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
            ? await next(call)
            : TypedResults.BadRequest());
}
