using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Store;

namespace Portal.Identity;

/// <summary>A person ends one of their sessions, or all but the one they are in.</summary>
public static class EndSessions
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/sessions/end", OneAsync).WithMetadata(new SignedInOnlyAttribute()).ForFormsOnly();
        routes.MapPost("/account/sessions/end-others", OthersAsync).WithMetadata(new SignedInOnlyAttribute()).ForFormsOnly();
        routes.MapPost("/account/confirm/send", SendAgainAsync).WithMetadata(new SignedInOnlyAttribute()).ForFormsOnly();
    }

    private static async Task<RedirectHttpResult> OneAsync([FromForm] Guid id, HttpContext context, CurrentPerson current, PortalDb db, TimeProvider clock)
    {
        var person = current.Required.Id;
        DateTimeOffset? now = clock.GetUtcNow();
        await db.Set<Session>().Where(session => session.Id == id && session.PersonId == person && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), context.RequestAborted);
        return TypedResults.LocalRedirect($"{SecurityPage.Path}?said=session-ended");
    }

    private static async Task<RedirectHttpResult> OthersAsync(HttpContext context, CurrentPerson current, Sessions sessions)
    {
        await sessions.EndAllAsync(current.Required.Id, current.Session!.Id, context.RequestAborted);
        return TypedResults.LocalRedirect($"{SecurityPage.Path}?said=session-ended");
    }

    private static async Task<RedirectHttpResult> SendAgainAsync(HttpContext context, CurrentPerson current, ConfirmationMail mail, PortalDb db)
    {
        mail.Add(current.Required);
        await db.SaveChangesAsync(context.RequestAborted);
        return TypedResults.LocalRedirect($"{SecurityPage.Path}?said=confirm-sent");
    }
}
