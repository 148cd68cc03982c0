using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>A member goes by themselves. The last owner cannot.</summary>
public static class LeaveOrganisation
{
    [ForMembers(Right.ReadAccounts)]
    public sealed record Command(TenantId Organisation) : ICommand<RemoveMember.Result>, IInOrganisation;

    public sealed class Handler(PortalDb db, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, RemoveMember.Result>
    {
        public Task<RemoveMember.Result> Handle(Command request, CancellationToken cancellationToken) =>
            RemoveMember.EndAsync(db, audit, request.Organisation, current.Required.Id, "member.left", clock.GetUtcNow(), cancellationToken);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/members/leave", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ReadAccounts)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(CurrentMember member, IMediator mediator, CancellationToken cancellationToken) =>
        await mediator.Send(new Command(member.Organisation.Id), cancellationToken) == RemoveMember.Result.LastOwner
            ? MembersPage.To(member, "last-owner")
            : TypedResults.LocalRedirect(MyPlace.Path);
}
