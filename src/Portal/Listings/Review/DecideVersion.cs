using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>The operator approves a version, asks for changes, or refuses it.</summary>
public static class DecideVersion
{
    public enum Decision { Approve, Return, Refuse }

    /// <param name="Fingerprint">Of what the reviewer saw: nothing else is approved by this.</param>
    /// <param name="Verdict">A word on the whole.</param>
    /// <param name="Remarks">Path of a field → remark.</param>
    [ForOperators]
    public sealed record Command(ListingVersionId Id, Decision Decision, string? Fingerprint, string? Verdict, IReadOnlyDictionary<string, string> Remarks) : ICommand<Result>;

    public enum Result
    {
        Done, NotFound,

        /// <summary>Decided, or taken back, before this.</summary>
        Decided,

        /// <summary>What was seen is not what was submitted.</summary>
        OtherContent,

        /// <summary>The reviewer submitted it, or belongs to the provider.</summary>
        OwnWork,

        NotCertified,

        PlanChanged,
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Verdict).MaximumLength(2000);
            RuleFor(command => command.Verdict).NotEmpty().When(command => command.Decision != Decision.Approve && command.Remarks.Count == 0);
            RuleForEach(command => command.Remarks).Must(remark => remark.Key.Length <= 100 && remark.Value.Length <= 1000);
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, Publisher publisher, CurrentPerson current, RegistryNudge nudge, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var version = await db.Set<ListingVersion>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (version is null)
                return Result.NotFound;
            if (version.State != VersionState.InReview)
                return Result.Decided;

            var by = current.Required.Id;
            if (version.SubmittedBy == by || await db.Memberships.AnyAsync(row => row.TenantId == version.TenantId && row.PersonId == by, cancellationToken))
                return Result.OwnWork;
            if (request.Fingerprint != version.Fingerprint || VersionFingerprint.Of(version.Document) != version.Fingerprint)
                return Result.OtherContent;

            var own = await db.Set<OwnListing>().SingleAsync(row => row.Id == version.ListingId, cancellationToken);
            (version.DecidedBy, version.DecidedAt, version.Verdict, version.Remarks) = (by, clock.GetUtcNow(), request.Verdict, request.Remarks);
            if (request.Decision == Decision.Approve)
            {
                switch (await publisher.PublishAsync(own, version, cancellationToken))
                {
                    case Publisher.Ending.NotCertified:
                        return Result.NotCertified;
                    case Publisher.Ending.PlanChanged:
                        return Result.PlanChanged;
                    default:
                        break;
                }
            }
            else
            {
                version.State = request.Decision == Decision.Return ? VersionState.Returned : VersionState.Refused;
            }

            audit.Add($"listing.version-{version.State.ToString().ToLowerInvariant()}", $"listing:{own.Id}", new { State = VersionState.InReview }, new { version.Number, version.Fingerprint, request.Verdict }, own.TenantId);
            own.Touch(clock.GetUtcNow());
            if (!await db.TrySaveAsync(cancellationToken))
                return Result.Decided;

            nudge.Due();
            return Result.Done;
        }
    }
}
