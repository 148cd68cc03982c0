using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Listings;
using Portal.Store;

namespace Portal.Catalog;

/// <summary>A listing's picture. Its address names its content, so it never changes and may be kept.</summary>
internal static class GetPicture
{
    /// <summary>A drawing from outside may hold scripts and addresses: it is shown, never run, and loads nothing.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    public static string Url(string fingerprint) => $"/pictures/{fingerprint}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/pictures/{fingerprint}", GetAsync);

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(string fingerprint, PortalDb db, DraftPictures drafts, HttpResponse response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var shown = db.Listings.OnShow(clock.GetUtcNow());
        var picture = await db.Set<ListingPicture>().AsNoTracking()
            .Where(row => row.Fingerprint == fingerprint && shown.Any(listing => listing.Id == row.ListingId))
            .Select(row => new { row.Content, row.ContentType })
            .FirstOrDefaultAsync(cancellationToken);
        response.Headers.ContentSecurityPolicy = Policy;
        if (picture is null)
        {
            response.Headers.CacheControl = "private, no-store"; // Who may see it is asked each time.
            return await drafts.FindAsync(fingerprint, cancellationToken) is { } draft ? TypedResults.File(draft.Content, draft.ContentType) : TypedResults.NotFound();
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.File(picture.Content, picture.ContentType);
    }
}
