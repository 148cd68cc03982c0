namespace Portal.Operations.Approvals;

/// <summary>What is approved. How many persons it takes: <see cref="ApprovalRules"/>.</summary>
public enum ApprovalKind
{
    /// <summary>A provider's certification.</summary>
    Certification,

    /// <summary>A version of a listing.</summary>
    ListingVersion,

    /// <summary>Where a provider's money goes.</summary>
    BankChange,
}
