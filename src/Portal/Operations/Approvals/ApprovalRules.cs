namespace Portal.Operations.Approvals;

/// <summary>How many persons an approval takes: two for certification and money.</summary>
public static class ApprovalRules
{
    /// <param name="singleOperator">Whether the marketplace is run by one operator (<see cref="OperationsOptions.SingleOperator"/>).</param>
    public static int VotesNeeded(ApprovalKind kind, bool singleOperator) => singleOperator || kind == ApprovalKind.ListingVersion ? 1 : 2;
}
