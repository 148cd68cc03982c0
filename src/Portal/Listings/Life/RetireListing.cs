using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A provider ends a product, with notice: it leaves the shop window at once, and everybody's accounts on the day that is named.</summary>
public static class RetireListing
{
    /// <summary>A shop needs this long to find another one.</summary>
    public const int NoticeDaysMin = 30;
    private const int NoticeDaysMax = 730;

    /// <param name="Day">The first day, in UTC, on which nobody has it any more.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id, DateOnly? Day) : ICommand<Result>, IInOrganisation;

    public enum Result { Retiring, TooSoon, ChangedMeanwhile, NotFound }

    public static DateOnly Earliest(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(NoticeDaysMin + 1);

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own is null || own.Standing is not (ListingStanding.Live or ListingStanding.Unlisted or ListingStanding.Hidden))
                return Result.NotFound;

            var now = clock.GetUtcNow();
            if (request.Day is not { } day || day < Earliest(now) || day > Earliest(now).AddDays(NoticeDaysMax))
                return Result.TooSoon;

            audit.Add("listing.retired-with-notice", $"listing:{own.Id}", new { own.Standing }, new { Day = day });
            (own.Standing, own.RetiresAt) = (ListingStanding.Retiring, new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
            own.Touch(now);
            await ShopDoor.CloseAsync(db, own, cancellationToken);
            return await db.TrySaveAsync(cancellationToken) ? Result.Retiring : Result.ChangedMeanwhile;
        }
    }
}
