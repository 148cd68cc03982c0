using Portal.Identity;

namespace Portal.Frame.Mediation;

/// <summary>Answers a refused request as the path's own guards do: sign in first, not found, forbidden.</summary>
internal sealed class AccessRefusedMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (AccessRefusedException refused) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            if (refused.Refusal == AccessRefusal.SignInFirst)
                SignInRedirect.Answer(context);
            else
                context.Response.StatusCode = refused.Refusal == AccessRefusal.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
        }
    }
}
