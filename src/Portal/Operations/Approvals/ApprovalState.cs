namespace Portal.Operations.Approvals;

public enum ApprovalState
{
    Waiting,
    Approved,
    Refused,

    /// <summary>Whoever submitted it took it back.</summary>
    Withdrawn,
}
