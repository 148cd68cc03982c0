using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Pictures that are in no published listing yet: for those who make it, and for whoever reviews it. Nobody else can use our address for a picture of theirs.</summary>
public sealed class DraftPictures(IServiceScopeFactory scopes, CurrentPerson current)
{
    /// <returns>Null: there is none, or it is not for who asks.</returns>
    public async Task<(byte[] Content, string ContentType)?> FindAsync(string fingerprint, CancellationToken cancellationToken)
    {
        if (current.Person is not { } person)
            return null;

        // Its address says no organisation: whose it is, is looked up, and whether this person may see it.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A picture is found by its content, and shown to its own organisation's people and to operators.");
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var roles = await db.Memberships.Where(row => row.PersonId == person.Id).Select(row => new { row.TenantId, row.Role }).ToListAsync(cancellationToken);
        var tenants = roles.Where(row => Rights.Has(row.Role, Right.EditListings)).Select(row => row.TenantId).ToArray();
        var image = await db.Set<ListingImage>().AsNoTracking().Where(row => row.Fingerprint == fingerprint && (person.IsOperator || tenants.Contains(row.TenantId)))
            .Select(row => new { row.Content, row.ContentType }).FirstOrDefaultAsync(cancellationToken);
        return image is null ? null : (image.Content, image.ContentType);
    }
}
