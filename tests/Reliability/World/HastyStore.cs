using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace Reliability.World;

/// <summary>The bug that the suite must find: who brings an event hears that it is kept before it is.</summary>
internal sealed class HastyStore(IGatewayStore real) : IGatewayStore, IDisposable
{
    public Action<IReadOnlyCollection<Lane>>? OnOwed
    {
        get => real.OnOwed;
        set => real.OnOwed = value;
    }

    public Action? OnOwedAnywhere
    {
        get => real.OnOwedAnywhere;
        set => real.OnOwedAnywhere = value;
    }

    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default)
    {
        if (typeof(T) != typeof(Accepted))
            return real.WriteAsync(work, cancellationToken);

        _ = Task.Run(() => real.WriteAsync(work, cancellationToken), cancellationToken);
        return Task.FromResult((T)(object)new Accepted(1, 0, 0));
    }

    public Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default) => real.ReadAsync(work, cancellationToken);

    public Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken) => real.TakeRoleAsync(name, cancellationToken);

    public Undelivered Undelivered => real.Undelivered;

    public Task ForgetDeletedAsync(CancellationToken cancellationToken) => real.ForgetDeletedAsync(cancellationToken);

    public Task OpenAsync(CancellationToken cancellationToken) => real.OpenAsync(cancellationToken);

    public void Dispose() => ((IDisposable)real).Dispose();
}
