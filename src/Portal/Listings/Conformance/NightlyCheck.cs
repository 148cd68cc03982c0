using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame;
using Portal.Gateway;
using Portal.Jobs;
using Portal.Mail;
using Portal.Providers;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>Tries every published webhook once a day. One that fails for three days takes its listing out of the shop window, and its owners are told; when it passes again, the listing comes back.</summary>
/// <remarks>A gateway that does not answer says nothing about anybody's webhook: that night does not count.</remarks>
internal sealed class NightlyCheck(PortalDb db, ProbeClient gateway, Certification certification, AuditLog audit, MailOutbox mails, Site site, TimeProvider clock) : IPeriodicJob
{
    public static readonly TimeSpan FailingMax = TimeSpan.FromDays(3);
    private static readonly MailKind Hidden = MailKind.Of<ListingTexts>("ListingHidden");

    public string Name => "listing-webhooks";

    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var published = await db.Set<OwnListing>().AsNoTracking().Where(row => row.LiveVersionId != null && (row.Standing == ListingStanding.Live || row.Standing == ListingStanding.Hidden))
            .Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var id in published)
        {
            db.ChangeTracker.Clear();
            var own = await db.Set<OwnListing>().SingleAsync(row => row.Id == id, cancellationToken);
            var live = await db.Set<ListingVersion>().AsNoTracking().SingleAsync(row => row.Id == own.LiveVersionId, cancellationToken);
            if (await ProbeAsync(own.ModuleId, live.Document.WebhookUrl!, cancellationToken) is { } probe)
                await NoteAsync(own, probe, cancellationToken);
        }
    }

    private async Task<WebhookProbe?> ProbeAsync(ModuleId module, string url, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.ProbeAsync(module, url, cancellationToken);
        }
        catch (GatewayUnavailableException)
        {
            return null;
        }
    }

    private async Task NoteAsync(OwnListing own, WebhookProbe probe, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        own.CheckedAt = now;
        own.FailingSince = probe.IsGreen ? null : own.FailingSince ?? now;
        // Without its certificate it stays out, and costs nobody else their night: the guard before the shop window would end the whole job.
        if (probe.IsGreen && own.Standing == ListingStanding.Hidden && await certification.IsCertifiedAsync(own.TenantId, cancellationToken))
        {
            own.Standing = ListingStanding.Live;
            audit.Add("listing.shown-again", $"listing:{own.Id}", new { Standing = ListingStanding.Hidden }, new { probe.Genuine, probe.Forged }, own.TenantId);
            await ShopDoor.OpenAsync(db, own, cancellationToken);
        }
        else if (own.Standing == ListingStanding.Live && own.FailingSince is { } since && now - since >= FailingMax)
        {
            own.Standing = ListingStanding.Hidden;
            audit.Add("listing.hidden", $"listing:{own.Id}", new { Standing = ListingStanding.Live, own.FailingSince }, new { probe.Genuine, probe.Forged }, own.TenantId);
            await ShopDoor.CloseAsync(db, own, cancellationToken);
            await TellOwnersAsync(own, cancellationToken);
        }

        // Somebody changed the listing meanwhile: the next night looks again.
        own.Edition++;
        await db.TrySaveAsync(cancellationToken);
    }

    private async Task TellOwnersAsync(OwnListing own, CancellationToken cancellationToken)
    {
        var slug = await db.Organisations.Where(row => row.Id == own.TenantId).Select(row => row.Slug).SingleAsync(cancellationToken);
        foreach (var owner in await db.Memberships.Where(row => row.TenantId == own.TenantId && row.Role == Role.Owner).Select(row => row.Person!).ToListAsync(cancellationToken))
            mails.Add(owner.Email, owner.Language, Hidden, site.Link(ListingPaths.All(slug)), ShopText.NameOf(own.Draft));
    }
}
