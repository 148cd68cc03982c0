using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

internal static class ProviderOwners
{
    /// <summary>Whom mails about an organisation's certification go to: its owners, each in their language.</summary>
    public static async Task<IReadOnlyList<(string Email, string Language, string Slug)>> OfAsync(PortalDb db, TenantId tenant, CancellationToken cancellationToken)
    {
        var rows = await db.Memberships.AsNoTracking().Where(row => row.TenantId == tenant && row.Role == Role.Owner)
            .Select(row => new { row.Person!.Email, row.Person.Language, row.Organisation!.Slug }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Email, row.Language, row.Slug))];
    }
}
