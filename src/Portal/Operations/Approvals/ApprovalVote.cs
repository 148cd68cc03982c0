using Portal.Store;
using Tenancy;

namespace Portal.Operations.Approvals;

/// <summary>One operator's word on one version. It stays, also after the version.</summary>
public sealed class ApprovalVote : IAppendOnly
{
    public const int ReasonMax = 1000;

    public required ApprovalId ApprovalId { get; init; }

    /// <summary>Of which submission: the same version may be handed in again.</summary>
    public required int Round { get; init; }

    public required int SubjectVersion { get; init; }

    public required PersonId PersonId { get; init; }

    public required bool Approves { get; init; }

    /// <summary>Why not; null with an approval.</summary>
    public required string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}
