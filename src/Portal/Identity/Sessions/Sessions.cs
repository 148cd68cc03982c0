using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Starts and ends sessions: the row and the cookie that names it.</summary>
public sealed class Sessions(PortalDb db, TimeProvider clock)
{
    /// <summary>Signs this browser in. What it was signed in with before ends.</summary>
    public async Task StartAsync(HttpContext context, PersonId person, SignInWay way)
    {
        ArgumentNullException.ThrowIfNull(context);
        await EndOwnAsync(context);
        var now = clock.GetUtcNow();
        var device = context.Request.Headers.UserAgent.ToString();
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            PersonId = person,
            Way = way,
            Device = device.Length > SessionMapping.DeviceMax ? device[..SessionMapping.DeviceMax] : device,
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "",
            StartedAt = now,
            SeenAt = now,
            ProvedAt = now,
        };
        db.Add(session);
        await db.SaveChangesAsync(context.RequestAborted);
        await SessionCookie.IssueAsync(context, session);
    }

    /// <summary>Signs this browser out.</summary>
    public async Task EndAsync(HttpContext context)
    {
        await EndOwnAsync(context);
        await SessionCookie.RemoveAsync(context);
    }

    /// <summary>Ends a person's sessions, except one.</summary>
    /// <param name="except">The one that goes on; null: none does.</param>
    public Task EndAllAsync(PersonId person, Guid? except, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return db.Set<Session>().Where(session => session.PersonId == person && session.EndedAt == null && session.Id != except)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), cancellationToken);
    }

    private async Task EndOwnAsync(HttpContext context)
    {
        if (SessionCookie.Read(context.User) is not { } own)
            return;

        DateTimeOffset? now = clock.GetUtcNow();
        await db.Set<Session>().Where(session => session.Id == own && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), context.RequestAborted);
    }
}
