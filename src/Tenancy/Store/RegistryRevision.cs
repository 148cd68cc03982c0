namespace Tenancy;

/// <summary>The one row that counts committed changes; its lock makes revisions commit in order.</summary>
public sealed class RegistryRevision
{
    /// <summary>The id of the only row.</summary>
    public const int TheRow = 1;

    /// <summary>Always <see cref="TheRow"/>.</summary>
    public int Id { get; init; }

    /// <summary>The revision of the last committed change; 0 while the registry is empty.</summary>
    public long Value { get; set; }
}
