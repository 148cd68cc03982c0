using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Operations.Approvals;

/// <summary>Where features hand their things in, as part of their own save.</summary>
public sealed class ApprovalDesk(PortalDb db, TimeProvider clock)
{
    /// <summary>Puts a version into the queue; the caller saves. A version that waited before is out, its votes with it.</summary>
    /// <param name="editors">Who had a hand in it: none of them may vote. The submitter is among them anyway.</param>
    public async Task<Approval> SubmitAsync(ApprovalKind kind, Guid subject, int version, TenantId organisation, PersonId by, IEnumerable<PersonId> editors, CancellationToken cancellationToken)
    {
        var approval = await FindAsync(kind, subject, cancellationToken);
        if (approval is null)
        {
            approval = new Approval { Id = ApprovalId.New(), Kind = kind, SubjectId = subject, TenantId = organisation };
            db.Add(approval);
        }

        approval.Submit(version, by, editors, clock.GetUtcNow());
        return approval;
    }

    /// <summary>Takes a thing out of the queue, if it is in; the caller saves.</summary>
    public async Task WithdrawAsync(ApprovalKind kind, Guid subject, CancellationToken cancellationToken)
    {
        if (await FindAsync(kind, subject, cancellationToken) is { } approval)
            approval.Withdraw(clock.GetUtcNow());
    }

    public Task<Approval?> FindAsync(ApprovalKind kind, Guid subject, CancellationToken cancellationToken) =>
        db.Set<Approval>().Include(row => row.Votes).SingleOrDefaultAsync(row => row.Kind == kind && row.SubjectId == subject, cancellationToken);
}
