namespace ModuleGateway.Store;

/// <summary>Something that one process at a time does for all that share the store. Given up when disposed.</summary>
internal abstract class StoreRole : IAsyncDisposable
{
    /// <summary>Cancelled when another process may have the role.</summary>
    public abstract CancellationToken Lost { get; }

    /// <summary>Whether the role is surely ours at this moment: asked before each step that nobody else may take. Once it is not, it is <see cref="Lost"/>.</summary>
    public abstract bool IsHeld { get; }

    public abstract ValueTask DisposeAsync();
}
