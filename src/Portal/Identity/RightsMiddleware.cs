namespace Portal.Identity;

/// <summary>Holds what pages and routes demand (<see cref="SignedInOnlyAttribute"/>, <see cref="NeedsRightAttribute"/>) against who is asking.</summary>
/// <remarks>In an organisation's rooms a route that names no right is closed to all: forgetting it shows at the first look, not in an audit.</remarks>
internal sealed class RightsMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, CurrentPerson current, CurrentMember member, TimeProvider clock)
    {
        if (context.GetEndpoint() is not { } endpoint)
            return next(context);

        if (endpoint.Metadata.GetMetadata<SignedInOnlyAttribute>() is not null && current.Person is null)
        {
            SignInRedirect.Answer(context);
            return Task.CompletedTask;
        }

        if (endpoint.Metadata.GetMetadata<NeedsFreshSignInAttribute>() is not null && current.Session?.IsFresh(clock.GetUtcNow()) != true)
        {
            SignInRedirect.Again(context);
            return Task.CompletedTask;
        }

        var needed = endpoint.Metadata.GetMetadata<NeedsRightAttribute>();
        if (member.IsPresent || needed is not null)
        {
            if (needed is null || !member.May(needed.Right))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }
        }

        return next(context);
    }
}
