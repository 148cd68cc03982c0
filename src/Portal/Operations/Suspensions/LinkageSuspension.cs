using Microsoft.EntityFrameworkCore;
using Portal.Gateway;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Suspensions;

/// <summary>A module on one account: the gateway stops delivering and refuses its sends. Nobody else is promoted; its place is kept.</summary>
internal sealed class LinkageSuspension(PortalDb db, RegistryNudge nudge) : ISuspendable
{
    public SuspensionKind Kind => SuspensionKind.Linkage;

    public async Task<ISuspendable.Stopped?> SuspendAsync(Guid subject, CancellationToken cancellationToken)
    {
        var id = new LinkageId(subject);
        var linkage = await db.Linkages.Include(row => row.OfficialAccount).SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (linkage is null or { State: LinkageState.Ended or LinkageState.Suspended })
            return null;

        var name = await db.Modules.Where(row => row.Id == linkage.ModuleId).Select(row => row.Name).SingleAsync(cancellationToken);
        var before = linkage.State.ToString();
        linkage.State = LinkageState.Suspended;
        nudge.Due();
        return new(linkage.TenantId, $"{name} · {linkage.OfficialAccount!.DisplayName}", before);
    }

    public async Task LiftAsync(Suspension suspension, CancellationToken cancellationToken)
    {
        var id = new LinkageId(suspension.SubjectId);
        var linkage = await db.Linkages.SingleAsync(row => row.Id == id, cancellationToken);
        // Its owner may have removed it meanwhile: then there is nothing to give back.
        if (linkage.State == LinkageState.Suspended)
            linkage.State = Enum.Parse<LinkageState>(suspension.Before);
        nudge.Due();
    }
}
