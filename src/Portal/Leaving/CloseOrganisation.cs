using System.Diagnostics;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Leaving;

/// <summary>An owner closes the organisation's account: nobody belongs to it any more, so nobody can enter it.</summary>
/// <remarks>
/// Refused while something is live. What the law wants kept stays: ended subscriptions, orders with what was agreed to, consents, and who did what. The name in the
/// path is never given to another company.
/// </remarks>
public static class CloseOrganisation
{
    /// <param name="Name">The organisation's name, typed by the owner: nobody closes one by a slip.</param>
    [ForMembers(Right.Leave)]
    public sealed record Command(TenantId Organisation, string? Name) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Closed : Result;

        public sealed record NameDiffers : Result;

        public sealed record StillLive(LiveThings Things) : Result;

        public sealed record ChangedMeanwhile : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var organisation = await db.Organisations.SingleAsync(row => row.Id == request.Organisation, cancellationToken);
            if (request.Name?.Trim() != organisation.Name)
                return new Result.NameDiffers();
            if (await LiveThings.CountAsync(db, cancellationToken) is { AreNone: false } things)
                return new Result.StillLive(things);

            var members = await db.Memberships.ToListAsync(cancellationToken);
            db.RemoveRange(members);
            await OpenInvitations.EndAsync(db, organisation.Id, by: null, clock.GetUtcNow(), cancellationToken);
            audit.Add("organisation.closed", $"organisation:{organisation.Id}", new { organisation.Name, Members = members.Count }, new { Members = 0 });
            return await db.TrySaveAsync(cancellationToken) ? new Result.Closed() : new Result.ChangedMeanwhile();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/o/{slug}/close", PostAsync).WithMetadata(new NeedsRightAttribute(Right.Leave)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? name, CurrentMember member, IMediator mediator, CancellationToken cancellationToken)
    {
        var page = $"/o/{member.Organisation.Slug}/leave";
        return await mediator.Send(new Command(member.Organisation.Id, name), cancellationToken) switch
        {
            Result.Closed => TypedResults.LocalRedirect("/closed"),
            Result.NameDiffers => TypedResults.LocalRedirect($"{page}?said=name-differs"),
            Result.StillLive => TypedResults.LocalRedirect($"{page}?said=still-live"),
            Result.ChangedMeanwhile => TypedResults.LocalRedirect($"{page}?said=changed-meanwhile"),
            _ => throw new UnreachableException(),
        };
    }
}
