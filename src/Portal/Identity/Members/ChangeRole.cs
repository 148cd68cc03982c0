using System.Diagnostics;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>An owner gives a member another role. It holds from the member's next click on.</summary>
public static class ChangeRole
{
    [ForMembers(Right.ManageMembers)]
    public sealed record Command(TenantId Organisation, PersonId Person, Role Role) : ICommand<Result>, IInOrganisation;

    public enum Result { Done, NotFound, LastOwner }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Role).IsInEnum();
    }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var owners = await OwnerGuard.LockAndCountAsync(db, request.Organisation, cancellationToken);
            var member = await db.Memberships.SingleOrDefaultAsync(row => row.PersonId == request.Person, cancellationToken);
            if (member is null)
                return Result.NotFound;
            if (member.Role == Role.Owner && request.Role != Role.Owner && owners < 2)
                return Result.LastOwner;

            if (!Rights.Has(request.Role, Right.ManageMembers))
                await OpenInvitations.EndAsync(db, request.Organisation, request.Person, clock.GetUtcNow(), cancellationToken); // Who may not invite has no say by an earlier word.
            audit.Add("member.roleChanged", $"person:{request.Person}", new { member.Role }, new { request.Role });
            member.Role = request.Role;
            return await db.TrySaveAsync(cancellationToken) ? Result.Done : await Handle(request, cancellationToken); // An invitation was accepted meanwhile: look again.
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/o/{slug}/members/role", PostAsync).WithMetadata(new NeedsRightAttribute(Right.ManageMembers)).RequireFreshSignIn().ForFormsOnly();

    private static async Task<Results<RedirectHttpResult, NotFound>> PostAsync(
        [FromForm] Guid person, [FromForm] string? role, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Role>(role, out var given) || !Enum.IsDefined(given))
            return TypedResults.NotFound();

        return await mediator.Send(new Command(member.Organisation.Id, new PersonId(person), given), cancellationToken) switch
        {
            Result.Done => MembersPage.To(member, "role"),
            Result.LastOwner => MembersPage.To(member, "last-owner"),
            Result.NotFound => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };
    }
}
