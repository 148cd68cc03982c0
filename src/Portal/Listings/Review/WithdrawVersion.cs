using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A provider takes a version back before it is decided. The draft stays as it is.</summary>
public static class WithdrawVersion
{
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id) : ICommand<Result>, IInOrganisation;

    /// <summary><c>NotFound</c>: none waits; it may have been decided just now.</summary>
    public enum Result { Withdrawn, NotFound }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var waiting = await db.Set<ListingVersion>().SingleOrDefaultAsync(row => row.ListingId == request.Id && row.State == VersionState.InReview, cancellationToken);
            if (waiting is null)
                return Result.NotFound;

            audit.Add("listing.version-withdrawn", $"listing:{request.Id}", new { waiting.Number });
            (waiting.State, waiting.DecidedAt) = (VersionState.Withdrawn, clock.GetUtcNow());
            return await db.TrySaveAsync(cancellationToken) ? Result.Withdrawn : Result.NotFound;
        }
    }
}
