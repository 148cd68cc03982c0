namespace ModuleGateway.Store;

/// <summary>Something that one process at a time does for all that share the store. Given up when disposed.</summary>
internal class StoreRole : IAsyncDisposable
{
    /// <summary>Cancelled when another process may have the role.</summary>
    public virtual CancellationToken Lost => CancellationToken.None;

    /// <summary>Whether the role is surely ours at this moment: asked before each step that nobody else may take.</summary>
    public virtual bool IsHeld => true;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
