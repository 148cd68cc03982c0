using Tenancy;

namespace Portal.Operations.Approvals;

/// <summary>What a feature says of its things in the queue, and what it does when they are decided. One for each kind, registered as a scoped service.</summary>
public interface IApprovable
{
    ApprovalKind Kind { get; }

    /// <summary>How the things stand in the queue; one that is missing is shown by its id.</summary>
    Task<IReadOnlyDictionary<Guid, ApprovableCard>> CardsAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken);

    /// <summary>What exactly is voted on, for the audit log: each a kind, an id and a fingerprint, nothing of the content.</summary>
    Task<IReadOnlyList<string>> EvidenceAsync(Approval approval, CancellationToken cancellationToken);

    /// <summary>The last vote is in: change the rows, and leave the saving to the caller. May run again after a lost race.</summary>
    /// <returns>Null: done. Else why it cannot be, as a sentence's key for the operator; then nothing is saved, the vote included.</returns>
    Task<string?> ApproveAsync(Approval approval, CancellationToken cancellationToken);

    /// <summary>Refused: likewise.</summary>
    Task RefuseAsync(Approval approval, string reason, CancellationToken cancellationToken);
}

/// <param name="Title">What it is, as its company names it.</param>
/// <param name="Company">Whose it is.</param>
/// <param name="ReviewPath">The page under <c>/operations</c> with everything there is to judge by.</param>
public sealed record ApprovableCard(string Title, string Company, string ReviewPath);
