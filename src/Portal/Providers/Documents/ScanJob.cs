using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Jobs;
using Portal.Store;

namespace Portal.Providers;

/// <summary>Scans what came in while the scanner was away. What is infected loses its bytes.</summary>
internal sealed class ScanJob(PortalDb db, IDocumentScanner scanner, DocumentVault vault, AuditLog audit) : IPeriodicJob
{
    private const int DocumentsMax = 100;

    public string Name => "document-scans";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ids = await db.Set<ProviderDocument>().Where(row => row.Scan == ScanState.Waiting).OrderBy(row => row.UploadedAt).Select(row => row.Id).Take(DocumentsMax).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            var document = await db.Set<ProviderDocument>().SingleAsync(row => row.Id == id, cancellationToken);
            var verdict = await scanner.ScanAsync(vault.Open(document.TenantId, document.Sealed), cancellationToken);
            if (verdict == ScanVerdict.Away)
                return; // Still: the next run asks again.

            document.Scan = verdict == ScanVerdict.Clean ? ScanState.Clean : ScanState.Infected;
            if (verdict == ScanVerdict.Infected)
                document.Sealed = [];
            audit.Add("document.scanned", $"document:{document.Id}", new { Scan = ScanState.Waiting }, new { document.Scan }, document.TenantId);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }
    }
}
