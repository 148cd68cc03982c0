namespace ModuleGateway;

/// <summary>Bugs that tests plant to see that they are found. All off; no configuration reaches them, only a test that puts its own in place.</summary>
internal sealed class Mutants
{
    /// <summary>LINE's own ids go out to modules.</summary>
    public bool LeaveIdsUnmapped { get; init; }
}
