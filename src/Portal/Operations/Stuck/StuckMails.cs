using Microsoft.EntityFrameworkCore;
using Portal.Mail;
using Portal.Store;

namespace Portal.Operations.Stuck;

/// <summary>Mails that were given up: somebody has not read what they should have.</summary>
internal sealed class StuckMails(PortalDb db) : IStuckSource
{
    public async Task<IReadOnlyList<StuckItem>?> FindAsync(int max, CancellationToken cancellationToken)
    {
        var mails = await db.Set<OutgoingMail>().AsNoTracking().Where(row => row.GivenUpAt != null).OrderBy(row => row.GivenUpAt).Take(max)
            .Select(row => new { row.To, row.Subject, row.LastFailure, row.GivenUpAt }).ToListAsync(cancellationToken);
        return [.. mails.Select(mail => new StuckItem("Mail", $"{mail.Subject} → {mail.To}", mail.LastFailure, mail.GivenUpAt!.Value, null))];
    }
}
