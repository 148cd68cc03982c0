using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Ends what opens a company's door from outside: an owner who goes leaves no link behind by which they, or a friend, come back.</summary>
internal static class OpenInvitations
{
    /// <summary>Changes rows and saves nothing.</summary>
    /// <param name="by">Only those that this person sent; null: all.</param>
    /// <returns>How many.</returns>
    public static async Task<int> EndAsync(PortalDb db, TenantId organisation, PersonId? by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = db.Set<Invitation>().Where(row => row.TenantId == organisation && row.EndedAt == null);
        if (by is { } person)
            open = open.Where(row => row.InvitedBy == person);

        var ended = await open.ToListAsync(cancellationToken);
        foreach (var invitation in ended)
            invitation.EndedAt = now;

        return ended.Count;
    }
}
