using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Who belongs to the organisation, and who has been asked.</summary>
public static class ShowMembers
{
    [ForMembers(Right.ReadAccounts)]
    public sealed record Query(TenantId Organisation) : IQuery<View>, IInOrganisation;

    /// <param name="Invitations">Open ones; for members who may manage, else empty.</param>
    public sealed record View(IReadOnlyList<Member> Members, IReadOnlyList<Invitation> Invitations);

    public sealed record Member(PersonId Id, string Name, string Email, Role Role);

    public sealed class Handler(PortalDb db, CurrentMember current, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query request, CancellationToken cancellationToken)
        {
            var members = await db.Memberships.AsNoTracking().Where(row => row.TenantId == request.Organisation)
                .Select(row => new Member(row.PersonId, row.Person!.DisplayName, row.Person.Email, row.Role)).ToListAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var invitations = current.May(Right.ManageMembers)
                ? await db.Set<Invitation>().AsNoTracking().Where(row => row.EndedAt == null && row.ExpiresAt > now).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken)
                : [];
            return new View([.. members.OrderBy(member => member.Role).ThenBy(member => member.Name, StringComparer.CurrentCulture)], invitations);
        }
    }
}
