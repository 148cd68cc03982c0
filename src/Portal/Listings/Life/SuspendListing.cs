using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Providers;
using Portal.Store;

namespace Portal.Listings;

/// <summary>The operator takes a listing out of the shop window, with a reason that its provider reads; or lets it in again.</summary>
public static class SuspendListing
{
    /// <param name="Reason">For the provider; null lets it in again.</param>
    [ForOperators]
    public sealed record Command(ListingId Id, string? Reason) : ICommand<Result>;

    public enum Result { Done, NotCertified, ChangedMeanwhile, NotFound }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Reason).MaximumLength(500).Must(reason => reason is null || !string.IsNullOrWhiteSpace(reason));
    }

    public sealed class Handler(PortalDb db, AuditLog audit, Certification certification, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id && row.LiveVersionId != null, cancellationToken);
            if (own is null || own.Standing == ListingStanding.Retired)
                return Result.NotFound;
            if ((own.Standing == ListingStanding.Suspended) == (request.Reason is not null))
                return Result.ChangedMeanwhile;

            var now = clock.GetUtcNow();
            audit.Add(request.Reason is null ? "listing.let-in-again" : "listing.suspended", $"listing:{own.Id}", new { own.Standing }, new { request.Reason }, own.TenantId);
            if (request.Reason is { } reason)
            {
                (own.Standing, own.SuspendedFor) = (ListingStanding.Suspended, reason);
                await ShopDoor.CloseAsync(db, own, cancellationToken);
            }
            else
            {
                if (!await certification.IsCertifiedAsync(own.TenantId, cancellationToken))
                    return Result.NotCertified;

                // Back to what it was to be: a notice that was given still holds.
                (own.Standing, own.SuspendedFor) = (own.RetiresAt is null ? ListingStanding.Live : ListingStanding.Retiring, null);
                if (own.Standing == ListingStanding.Live)
                    await ShopDoor.OpenAsync(db, own, cancellationToken);
            }

            own.Touch(now);
            return await db.TrySaveAsync(cancellationToken) ? Result.Done : Result.ChangedMeanwhile;
        }
    }
}
