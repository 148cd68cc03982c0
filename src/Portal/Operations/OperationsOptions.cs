namespace Portal.Operations;

/// <summary>How the marketplace is run. Configuration section "Operations".</summary>
public sealed class OperationsOptions
{
    /// <summary>One operator approves alone what otherwise takes two; every such approval is marked for good. Default false: it waits for the second.</summary>
    public bool SingleOperator { get; init; }
}
