namespace Portal.Operations.Suspensions;

/// <summary>What can be suspended.</summary>
public enum SuspensionKind
{
    /// <summary>A provider: none of its listings is in the catalog. What is sold goes on.</summary>
    Provider,

    /// <summary>A listing.</summary>
    Listing,

    /// <summary>A module on one account: it hears and says nothing.</summary>
    Linkage,
}
