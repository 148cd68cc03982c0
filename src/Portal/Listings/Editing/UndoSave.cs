using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Takes the last save of a draft back. Pressed once more, it takes that back.</summary>
public static class UndoSave
{
    /// <param name="Edition">The edition that is to be taken back: a later one is not.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id, int Edition) : ICommand<Result>, IInOrganisation;

    public enum Result { Undone, ChangedMeanwhile, NotFound }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own?.Before is not { } before)
                return Result.NotFound;
            if (own.Edition != request.Edition)
                return Result.ChangedMeanwhile;

            audit.Add("listing.save-undone", $"listing:{own.Id}", new { own.Edition });
            own.Change(before, clock.GetUtcNow());
            return await db.TrySaveAsync(cancellationToken) ? Result.Undone : Result.ChangedMeanwhile;
        }
    }
}
