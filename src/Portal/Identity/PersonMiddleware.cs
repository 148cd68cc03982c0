using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Portal.Store;

namespace Portal.Identity;

/// <summary>Reads the signed-in person from the database for each request, so that somebody who was removed is nobody at the next click.</summary>
internal sealed class PersonMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentPerson current, PortalDb db)
    {
        if (SessionCookie.Read(context.User) is { } id)
        {
            var person = await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.Id == id, context.RequestAborted);
            if (person is null)
                await context.SignOutAsync(SessionCookie.Scheme);
            else
                current.Is(person);
        }

        await next(context);
    }
}
