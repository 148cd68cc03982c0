using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Providers;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A provider submits the draft as it stands: a version is made that nobody alters any more. It goes to review, or live where nothing has to be looked at.</summary>
public static class SubmitListing
{
    /// <param name="Edition">The draft that the provider saw: a later one is not submitted by this.</param>
    /// <param name="Probe">How the draft's webhook was found just now.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id, int Edition, WebhookProbe Probe) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record InReview(int Number) : Result;

        /// <summary>Only what needs no review had changed.</summary>
        public sealed record Live(int Number) : Result;

        public sealed record Incomplete : Result;

        public sealed record WebhookFails : Result;

        /// <summary>One version waits for its review already: it can be taken back.</summary>
        public sealed record AlreadyInReview : Result;

        /// <summary>The draft says what buyers see already.</summary>
        public sealed record NothingNew : Result;

        public sealed record NotCertified : Result;

        /// <summary>The company is not certified, and has not handed in an application to be.</summary>
        public sealed record NotAProvider : Result;

        /// <summary>A plan that was sold would change what its buyers got.</summary>
        public sealed record PlanChanged : Result;

        public sealed record ChangedMeanwhile : Result;

        public sealed record NotFound : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, Publisher publisher, Certification certification, CurrentPerson current, RegistryNudge nudge, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        private static readonly DocumentValidator Validator = new();

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own is null || own.Standing is ListingStanding.Retiring or ListingStanding.Retired)
                return new Result.NotFound();
            if (own.Edition != request.Edition)
                return new Result.ChangedMeanwhile();
            if (!await certification.IsCertifiedOrUnderWayAsync(request.Organisation, cancellationToken))
                return new Result.NotAProvider();
            if (await db.Set<ListingVersion>().AnyAsync(row => row.ListingId == own.Id && row.State == VersionState.InReview, cancellationToken))
                return new Result.AlreadyInReview();
            if (Completeness.Of(own.Draft).Count > 0 || !(await Validator.ValidateAsync(own.Draft, cancellationToken)).IsValid)
                return new Result.Incomplete();
            if (!request.Probe.IsGreen || request.Probe.Url != own.Draft.WebhookUrl)
                return new Result.WebhookFails();

            var plans = await db.Plans.AsNoTracking().Where(plan => plan.ModuleId == own.ModuleId).ToListAsync(cancellationToken);
            if (own.Draft.Plans.Any(offer => plans.Any(plan => plan.Code == offer.Code && !Publisher.IsSame(plan, offer))))
                return new Result.PlanChanged();

            var live = own.LiveVersionId is { } liveId ? await db.Set<ListingVersion>().SingleAsync(row => row.Id == liveId, cancellationToken) : null;
            if (live is not null && DocumentPaths.Between(live.Document, own.Draft).Count == 0)
                return new Result.NothingNew();

            var version = Make(own, current.Required.Id, clock.GetUtcNow());
            db.Add(version);
            var needsReview = ReviewRules.NeedReview(live?.Document, own.Draft).Count > 0;
            if (!needsReview)
            {
                switch (await publisher.PublishAsync(own, version, cancellationToken))
                {
                    case Publisher.Ending.NotCertified:
                        return new Result.NotCertified();
                    case Publisher.Ending.PlanChanged:
                        return new Result.PlanChanged();
                    default:
                        break;
                }
            }

            audit.Add(needsReview ? "listing.submitted" : "listing.published-at-once", $"listing:{own.Id}", live is null ? null : new { live.Number, live.Fingerprint }, new { version.Number, version.Fingerprint });
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.ChangedMeanwhile();
            if (needsReview)
                return new Result.InReview(version.Number);

            nudge.Due();
            return new Result.Live(version.Number);
        }

        private static ListingVersion Make(OwnListing own, PersonId by, DateTimeOffset now)
        {
            own.LastVersion++;
            own.FailingSince = null;
            own.CheckedAt = now;
            own.Touch(now);
            return new ListingVersion
            {
                Id = ListingVersionId.New(), ListingId = own.Id, TenantId = own.TenantId, Number = own.LastVersion, Document = own.Draft, Fingerprint = VersionFingerprint.Of(own.Draft),
                State = VersionState.InReview, SubmittedBy = by, SubmittedAt = now,
            };
        }
    }
}
