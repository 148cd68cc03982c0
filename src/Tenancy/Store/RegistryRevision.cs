namespace Tenancy;

/// <summary>The one row that counts committed changes; its lock makes revisions commit in order.</summary>
public sealed class RegistryRevision
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; }

    public long Value { get; set; }
}
