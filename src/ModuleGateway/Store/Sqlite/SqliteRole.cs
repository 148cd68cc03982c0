namespace ModuleGateway.Store.Sqlite;

/// <summary>One process owns the file, and with it every role for as long as it lives.</summary>
internal sealed class SqliteRole : StoreRole
{
    public override CancellationToken Lost => CancellationToken.None;

    public override bool IsHeld => true;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
