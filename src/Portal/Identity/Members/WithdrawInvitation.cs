using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>An owner takes an invitation back: its link opens nothing any more.</summary>
public static class WithdrawInvitation
{
    [ForMembers(Right.ManageMembers)]
    public sealed record Command(TenantId Organisation, Guid Id) : ICommand<bool>, IInOrganisation;

    /// <summary>False: there is none that is open.</summary>
    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command request, CancellationToken cancellationToken)
        {
            var invitation = await db.Set<Invitation>().SingleOrDefaultAsync(row => row.Id == request.Id && row.EndedAt == null, cancellationToken);
            if (invitation is null)
                return false;

            invitation.EndedAt = clock.GetUtcNow();
            audit.Add("member.invitationWithdrawn", $"invitation:{invitation.Id}", before: new { invitation.Email, invitation.Role });
            return await db.TrySaveAsync(cancellationToken);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/members/withdraw", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageMembers)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] Guid invitation, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        MembersPage.To(member, await mediator.Send(new Command(member.Organisation.Id, invitation), cancellationToken) ? "withdrawn" : "changed");
}
