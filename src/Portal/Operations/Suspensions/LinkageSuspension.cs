using Microsoft.EntityFrameworkCore;
using Portal.Gateway;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Suspensions;

/// <summary>A module on one account: the gateway stops delivering and refuses its sends. Nobody else is promoted; its place is kept.</summary>
internal sealed class LinkageSuspension(PortalDb db, RegistryNudge nudge) : ISuspendable
{
    public SuspensionKind Kind => SuspensionKind.Linkage;

    public async Task<IReadOnlyList<ISuspendable.Candidate>> FindAsync(string name, int max, CancellationToken cancellationToken)
    {
        var id = new LinkageId(Guid.TryParse(name, out var guid) ? guid : Guid.Empty);
        var rows = await (
            from linkage in db.Linkages.AsNoTracking()
            join module in db.Modules on linkage.ModuleId equals module.Id
            join account in db.OfficialAccounts on linkage.OfficialAccountId equals account.Id
            join company in db.Organisations on linkage.TenantId equals company.Id
            where linkage.State != LinkageState.Ended && linkage.State != LinkageState.Suspended
                && (linkage.Id == id || module.Name.Contains(name) || account.DisplayName.Contains(name) || account.BasicId == name || company.Name.Contains(name))
            orderby company.Name, account.DisplayName, module.Name
            select new { linkage.Id, Module = module.Name, account.DisplayName, account.BasicId, Company = company.Name }).Take(max).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ISuspendable.Candidate(row.Id.Value, $"{row.Module} · {row.DisplayName}", $"{row.Company} · {row.BasicId}"))];
    }

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
