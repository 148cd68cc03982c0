using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Frame;
using Portal.Jobs;
using Portal.Mail;
using Portal.Store;

namespace Portal.Providers;

/// <summary>Reminds owners 60, 30 and 7 days before their certification ends, and tells them when it has. The end itself needs nobody: <see cref="Catalog.ListingsOnShow"/> looks at the time.</summary>
internal sealed class CertificationJob(PortalDb db, MailOutbox mails, AuditLog audit, IOptions<PortalOptions> portal, TimeProvider clock) : IPeriodicJob
{
    private static readonly int[] Steps = [60, 30, 7, 0];

    public string Name => "certification-reminders";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var soon = now.AddDays(Steps[0]);
        var due = await db.Set<ProviderApplication>().Where(row => row.State == ApplicationState.Certified && row.CertifiedUntil <= soon && (row.RemindedDays == null || row.RemindedDays > 0)).ToListAsync(cancellationToken);
        foreach (var application in due)
        {
            // Only the provider's last certification counts: one that was renewed is not spoken of again.
            var until = await db.Providers.Where(row => row.TenantId == application.TenantId).Select(row => row.CertifiedUntil).SingleAsync(cancellationToken);
            var step = StepAt(application.CertifiedUntil!.Value - now);
            if (application.RemindedDays <= step)
                continue;

            application.RemindedDays = until > application.CertifiedUntil ? 0 : step;
            application.Touch();
            if (application.CertifiedUntil >= until)
                await TellAsync(application, step, cancellationToken);
            await db.TrySaveAsync(cancellationToken); // False: somebody wrote in it; tomorrow's run looks again.
        }
    }

    /// <summary>The last of 60, 30, 7 and 0 days that has been reached.</summary>
    internal static int StepAt(TimeSpan left) => Steps.Last(step => left <= TimeSpan.FromDays(step) || step == Steps[0]);

    private async Task TellAsync(ProviderApplication application, int step, CancellationToken cancellationToken)
    {
        var day = application.CertifiedUntil!.Value.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (email, language, slug) in await ProviderOwners.OfAsync(db, application.TenantId, cancellationToken))
            mails.Add(email, language, MailKind.Of<ProvidersTexts>(step == 0 ? "Lapsed" : "Ending"), portal.Value.PublicUrl is { } site ? site + ProviderPath.Overview(slug) : null, application.CompanyName, day);
        audit.Add(step == 0 ? "certification.lapsed" : "certification.reminded", $"application:{application.Id}", after: new { application.CertifiedUntil, DaysBefore = step }, organisation: application.TenantId);
    }
}
