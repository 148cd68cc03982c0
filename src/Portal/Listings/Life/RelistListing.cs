using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Providers;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A provider brings a listing back: one that it took out, one that the nightly check hid, one that is not to be retired after all. What the operator suspended stays out.</summary>
public static class RelistListing
{
    /// <param name="Probe">How the webhook was found just now: a listing that nobody could use is not brought back.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id, WebhookProbe Probe) : ICommand<Result>, IInOrganisation;

    public enum Result { Relisted, WebhookFails, NotCertified, ChangedMeanwhile, NotFound }

    public sealed class Handler(PortalDb db, AuditLog audit, Certification certification, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own is null)
                return Result.NotFound;
            if (own.LiveVersionId is null || own.Standing is not (ListingStanding.Unlisted or ListingStanding.Hidden or ListingStanding.Retiring))
                return Result.ChangedMeanwhile;
            if (!request.Probe.IsGreen)
                return Result.WebhookFails;

            var now = clock.GetUtcNow();
            if (!await certification.IsCertifiedAsync(own.TenantId, cancellationToken))
                return Result.NotCertified;

            audit.Add("listing.relisted", $"listing:{own.Id}", new { own.Standing });
            (own.Standing, own.RetiresAt, own.BuyersToldAt, own.FailingSince) = (ListingStanding.Live, null, null, null);
            own.Touch(now);
            await ShopDoor.OpenAsync(db, own, cancellationToken);
            return await db.TrySaveAsync(cancellationToken) ? Result.Relisted : Result.ChangedMeanwhile;
        }
    }
}
