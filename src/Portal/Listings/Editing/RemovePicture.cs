using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Takes a picture out of the draft. Versions that were submitted keep it.</summary>
public static class RemovePicture
{
    /// <param name="Path">Its path, as <see cref="SectionForm.PathOf"/> says it.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id, int Edition, string? Path) : ICommand<Result>, IInOrganisation;

    public enum Result { Removed, ChangedMeanwhile, NotFound }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own?.Draft.Pictures.FirstOrDefault(picture => SectionForm.PathOf(picture) == request.Path) is not { } removed)
                return Result.NotFound;
            if (own.Edition != request.Edition)
                return Result.ChangedMeanwhile;

            audit.Add("listing.picture-removed", $"listing:{own.Id}", new { Path = request.Path, removed.Fingerprint });
            own.Change(own.Draft with { Pictures = [.. own.Draft.Pictures.Where(picture => picture != removed)] }, clock.GetUtcNow());
            return await db.TrySaveAsync(cancellationToken) ? Result.Removed : Result.ChangedMeanwhile;
        }
    }
}
