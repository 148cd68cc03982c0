using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A provider takes a listing out of the shop window. Who has the module keeps it, and can be served as before.</summary>
public static class UnlistListing
{
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id) : ICommand<Result>, IInOrganisation;

    public enum Result { Unlisted, ChangedMeanwhile, NotFound }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own is null)
                return Result.NotFound;
            if (own.Standing != ListingStanding.Live)
                return Result.ChangedMeanwhile;

            audit.Add("listing.unlisted", $"listing:{own.Id}", new { own.Standing });
            own.Standing = ListingStanding.Unlisted;
            own.Touch(clock.GetUtcNow());
            await ShopDoor.CloseAsync(db, own, cancellationToken);
            return await db.TrySaveAsync(cancellationToken) ? Result.Unlisted : Result.ChangedMeanwhile;
        }
    }
}
