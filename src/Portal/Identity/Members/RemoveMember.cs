using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>An owner removes a member. From their next click on, the organisation does not exist for them; invitations that they sent open nothing any more.</summary>
public static class RemoveMember
{
    [ForMembers(Right.ManageMembers)]
    public sealed record Command(TenantId Organisation, PersonId Person) : ICommand<Result>, IInOrganisation;

    public enum Result { Done, NotFound, LastOwner }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public Task<Result> Handle(Command request, CancellationToken cancellationToken) => EndAsync(db, audit, request.Organisation, request.Person, "member.removed", clock.GetUtcNow(), cancellationToken);
    }

    internal static async Task<Result> EndAsync(PortalDb db, AuditLog audit, TenantId organisation, PersonId person, string action, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owners = await OwnerGuard.LockAndCountAsync(db, organisation, cancellationToken);
        var member = await db.Memberships.SingleOrDefaultAsync(row => row.PersonId == person, cancellationToken);
        if (member is null)
            return Result.NotFound;
        if (member.Role == Role.Owner && owners < 2)
            return Result.LastOwner;

        var invitations = await OpenInvitations.EndAsync(db, organisation, person, now, cancellationToken);
        audit.Add(action, $"person:{person}", before: new { member.Role, Invitations = invitations });
        db.Remove(member);
        // Somebody accepted one of them meanwhile: looked at again, they are a member whom the owners see.
        return await db.TrySaveAsync(cancellationToken) ? Result.Done : await EndAsync(db, audit, organisation, person, action, now, cancellationToken);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/members/remove", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageMembers)).RequireFreshSignIn().ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync([FromForm] Guid person, CurrentPerson current, CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new Command(member.Organisation.Id, new PersonId(person)), cancellationToken) switch
        {
            Result.Done => new PersonId(person) == current.Required.Id ? TypedResults.LocalRedirect(MyPlace.Path) : MembersPage.To(member, "removed"),
            Result.LastOwner => MembersPage.To(member, "last-owner"),
            Result.NotFound => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };
}
