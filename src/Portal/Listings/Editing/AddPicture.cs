using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Puts an uploaded picture into the draft: an icon or a cover takes the place of the one before, screenshots follow each other.</summary>
public static class AddPicture
{
    public const int ScreenshotsMax = 4;

    /// <summary>Uploads that a listing keeps, whether used or not.</summary>
    private const int KeptMax = 60;

    /// <param name="Language">Of the words in it; empty for none.</param>
    /// <param name="Content">Null or longer than <see cref="PictureFile.BytesMax"/>: refused.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, ListingId Id, int Edition, PictureKind Kind, string Language, byte[]? Content) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Added(int Edition) : Result;

        /// <summary>Nothing is stored.</summary>
        public sealed record Refused(PictureFile.Fault Fault) : Result;

        /// <summary>There is no room for another one.</summary>
        public sealed record TooMany : Result;

        public sealed record ChangedMeanwhile : Result;

        public sealed record NotFound : Result;
    }

    public sealed class Handler(PortalDb db, AuditLog audit, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = await db.Set<OwnListing>().SingleOrDefaultAsync(row => row.Id == request.Id, cancellationToken);
            if (own is null || own.Standing == ListingStanding.Retired || (request.Language.Length > 0 && !Languages.All.Contains(request.Language)) || !Enum.IsDefined(request.Kind))
                return new Result.NotFound();

            var looked = PictureFile.Look(request.Kind, request.Content);
            if (looked.Fault is { } fault)
                return new Result.Refused(fault);
            if (own.Edition != request.Edition)
                return new Result.ChangedMeanwhile();

            var same = own.Draft.Pictures.Where(picture => picture.Kind == request.Kind && picture.Language == request.Language).ToList();
            var kept = request.Kind == PictureKind.Screenshot ? same : [];
            if (kept.Count >= ScreenshotsMax)
                return new Result.TooMany();

            var images = db.Set<ListingImage>();
            if (!await images.AnyAsync(image => image.ListingId == own.Id && image.Fingerprint == looked.Fingerprint, cancellationToken))
            {
                if (await images.CountAsync(image => image.ListingId == own.Id, cancellationToken) >= KeptMax)
                    return new Result.TooMany();

                db.Add(new ListingImage
                {
                    ListingId = own.Id, TenantId = own.TenantId, Fingerprint = looked.Fingerprint, ContentType = looked.ContentType, Content = request.Content!,
                    Width = looked.Width, Height = looked.Height, UploadedAt = clock.GetUtcNow(),
                });
            }

            audit.Add("listing.picture-added", $"listing:{own.Id}", null, new { Kind = request.Kind.ToString(), request.Language, looked.Fingerprint });
            var position = kept.Count == 0 ? 0 : kept.Max(picture => picture.Position) + 1;
            own.Change(own.Draft with
            {
                Pictures = [.. own.Draft.Pictures.Except(same).Concat(kept)
                    .Append(new ListingDocument.Picture(request.Kind, position, request.Language, looked.Fingerprint, same.FirstOrDefault()?.AltText ?? ""))
                    .OrderBy(picture => picture.Kind).ThenBy(picture => picture.Language, StringComparer.Ordinal).ThenBy(picture => picture.Position)],
            }, clock.GetUtcNow());
            return await db.TrySaveAsync(cancellationToken) ? new Result.Added(own.Edition) : new Result.ChangedMeanwhile();
        }
    }
}
