using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Somebody who is signed in follows the link of an invitation and joins. Whoever holds the link may: it was mailed to one address, and the owners see who came.</summary>
public static class AcceptInvitation
{
    [ForSignedIn]
    public sealed record Command(string Token) : ICommand<Result>
    {
        public override string ToString() => nameof(AcceptInvitation);
    }

    public abstract record Result
    {
        private Result() { }

        public sealed record Joined(string Slug) : Result;

        /// <summary>Was a member before, and stays what they were.</summary>
        public sealed record Member(string Slug) : Result;

        /// <summary>Used, withdrawn, too old, or none.</summary>
        public sealed record Dead : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, TenantScope scope, CurrentPerson current, PersonCredentials credentials, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var person = current.Required;
            if (await FindInvitation.OpenAsync(db, request.Token, now, cancellationToken) is not { } found)
                return new Result.Dead();

            scope.Enter(found.TenantId); // From here on with the eyes of the organisation that asked.
            var invitation = await db.Set<Invitation>().SingleAsync(row => row.Id == found.Id, cancellationToken);
            var slug = await db.Organisations.Where(row => row.Id == found.TenantId).Select(row => row.Slug).SingleAsync(cancellationToken);
            var isMember = await db.Memberships.AnyAsync(row => row.PersonId == person.Id, cancellationToken);
            (invitation.EndedAt, invitation.AcceptedBy) = (now, person.Id);
            if (!isMember)
                db.Add(new Membership { TenantId = found.TenantId, PersonId = person.Id, Role = found.Role });
            if (string.Equals(person.Email, found.Email, StringComparison.OrdinalIgnoreCase))
                (await credentials.OfAsync(person.Id, cancellationToken)).EmailConfirmed = true; // The link came to this address and nowhere else.

            audit.Add("member.joined", $"person:{person.Id}", after: new { found.Role, Invitation = found.Id, found.Email }, organisation: found.TenantId);
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.Dead();

            return isMember ? new Result.Member(slug) : new Result.Joined(slug);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/invitations/{token}/accept", PostAsync).WithMetadata(new SignedInOnlyAttribute()).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(string token, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.LocalRedirect(await mediator.Send(new Command(token), cancellationToken) switch
        {
            Result.Joined joined => $"/o/{joined.Slug}/accounts",
            Result.Member member => $"/o/{member.Slug}/accounts",
            Result.Dead => $"/invitations/{Uri.EscapeDataString(token)}",
            _ => throw new UnreachableException(),
        });
}
