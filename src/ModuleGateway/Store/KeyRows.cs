namespace ModuleGateway.Store;

/// <summary>Master keys, protected by the key ring, by version.</summary>
internal interface IKeyRows
{
    IReadOnlyList<(int Version, string Protected)> All();

    void Add(int version, string protectedKey);
}
