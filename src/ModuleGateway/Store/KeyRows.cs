namespace ModuleGateway.Store;

/// <summary>A version of the master key.</summary>
/// <param name="Version">1 and up.</param>
/// <param name="Protected">The key, protected by the key ring.</param>
/// <param name="CurrentFrom">From when on new things are sealed with it.</param>
internal sealed record MasterKeyRow(int Version, string Protected, DateTimeOffset CurrentFrom);

/// <summary>Master keys by version. None is ever changed.</summary>
internal interface IKeyRows
{
    /// <summary>All of them, oldest first.</summary>
    IReadOnlyList<MasterKeyRow> All();

    /// <summary>False when there is one of this version.</summary>
    bool TryAdd(MasterKeyRow key);
}
