using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Jobs;
using Portal.Store;

namespace Portal.Providers;

/// <summary>Looks at certified providers' privacy pages once a month and keeps what stood there.</summary>
internal sealed class PrivacyJob(PortalDb db, PrivacyLook privacy, AuditLog audit, TimeProvider clock) : IPeriodicJob
{
    /// <summary>So many a run: the rest comes with the next.</summary>
    private const int PagesMax = 50;

    private static readonly TimeSpan Again = TimeSpan.FromDays(30);

    public string Name => "privacy-pages";

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - Again;
        var due = await db.Set<ProviderApplication>().AsNoTracking()
            .Where(row => row.State == ApplicationState.Certified && row.CertifiedUntil > now && row.PrivacyUrl != null
                && !db.Set<PrivacyCheck>().Any(check => check.ApplicationId == row.Id && check.At > before))
            .OrderBy(row => row.DecidedAt).Take(PagesMax).ToListAsync(cancellationToken);
        foreach (var application in due)
        {
            var check = await privacy.LookAsync(application, application.PrivacyUrl!, cancellationToken);
            db.Add(check);
            audit.Add("privacy.looked", $"application:{application.Id}", after: new { check.FinalUrl, check.Status, check.Fault, check.IsNameFound, PageHash = check.Hash }, organisation: application.TenantId);
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
