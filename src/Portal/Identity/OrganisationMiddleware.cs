using Tenancy;

namespace Portal.Identity;

/// <summary>Everything under <c>/o/{slug}</c>: only for members, and with that organisation's eyes.</summary>
/// <remarks>To everybody else the organisation does not exist: 404, the same as for a slug that nobody has.</remarks>
internal sealed class OrganisationMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentPerson current, CurrentMember member, TenantScope scope, TenantResolver resolver)
    {
        if (!context.Request.Path.StartsWithSegments("/o", out var rest))
        {
            await next(context);
            return;
        }

        if (current.Person is not { } person)
        {
            SignInRedirect.Answer(context);
            return;
        }

        var slug = rest.Value!.TrimStart('/').Split('/')[0];
        var membership = await resolver.FindMembershipAsync(person.Id, slug, context.RequestAborted);
        if (membership is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        scope.Enter(membership.TenantId);
        member.Is(membership);
        await next(context);
    }
}
