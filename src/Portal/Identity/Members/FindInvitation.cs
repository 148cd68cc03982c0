using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>What an invitation's link says to whoever opens it: who asks, which company, as what.</summary>
public static class FindInvitation
{
    [ForAnybody]
    public sealed record Query(string Token) : IQuery<View?>
    {
        public override string ToString() => nameof(FindInvitation);
    }

    public sealed record View(string InvitedBy, string Organisation, Role Role, string Email);

    /// <summary>Null: used, withdrawn, too old, or none; the four look the same.</summary>
    public sealed class Handler(PortalDb db, TimeProvider clock) : IRequestHandler<Query, View?>
    {
        public async Task<View?> Handle(Query request, CancellationToken cancellationToken)
        {
            if (await OpenAsync(db, request.Token, clock.GetUtcNow(), cancellationToken) is not { } invitation)
                return null;

            var organisation = await db.Organisations.IgnoreQueryFilters().Where(row => row.Id == invitation.TenantId).Select(row => row.Name).SingleAsync(cancellationToken);
            var by = await db.People.Where(row => row.Id == invitation.InvitedBy).Select(row => row.DisplayName).SingleAsync(cancellationToken);
            return new View(by, organisation, invitation.Role, invitation.Email);
        }
    }

    /// <summary>By what only the mail holds, so no tenant applies yet.</summary>
    internal static async Task<Invitation?> OpenAsync(PortalDb db, string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = Invitation.HashOf(token);
        var found = await db.Set<Invitation>().IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        return found?.IsOpen(now) == true ? found : null;
    }
}
