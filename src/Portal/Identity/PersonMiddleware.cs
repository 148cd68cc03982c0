using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Store;

namespace Portal.Identity;

/// <summary>Reads session and person from the database for each request, so that an ended session, or somebody who was removed, is nobody at the next click.</summary>
internal sealed class PersonMiddleware(RequestDelegate next)
{
    /// <summary>A session's last use is noted this often: not every click is a write.</summary>
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(10);

    public async Task InvokeAsync(HttpContext context, CurrentPerson current, PortalDb db, TimeProvider clock)
    {
        if (SessionCookie.Read(context.User) is { } id)
        {
            var now = clock.GetUtcNow();
            var found = await db.Set<Session>().AsNoTracking().Where(session => session.Id == id)
                .Join(db.People.AsNoTracking(), session => session.PersonId, person => person.Id, (session, person) => new { Session = session, Person = person })
                .SingleOrDefaultAsync(context.RequestAborted);
            if (found is null || !found.Session.IsOpen(now))
            {
                await SessionCookie.RemoveAsync(context);
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
            }
            else
            {
                current.Is(found.Person, found.Session);
                if (now - found.Session.SeenAt >= NotedEvery)
                {
                    await db.Set<Session>().Where(session => session.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(session => session.SeenAt, now), context.RequestAborted);
                }
            }
        }

        await next(context);
    }
}
