using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace ModuleGateway.Tests;

/// <summary>A real store whose reads are over when they return, and are counted.</summary>
internal sealed class WatchedStore(IGatewayStore real) : IGatewayStore
{
    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Done)> _waiting = [];
    private int _reads;

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

    /// <summary>Completes when there were this many reads.</summary>
    public Task ReadsAsync(int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_reads >= count)
                return Task.CompletedTask;
            _waiting.Add((count, done));
        }

        return done.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default) => real.WriteAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default)
    {
        var read = real.ReadAsync(work, cancellationToken);
        ((IAsyncResult)read).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(20)).ShouldBeTrue();
        lock (_gate)
        {
            _reads++;
            foreach (var waiting in _waiting.Where(one => one.Count <= _reads).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Done.SetResult();
            }
        }

        return read;
    }

    public Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken) => real.TakeRoleAsync(name, cancellationToken);

    public Undelivered Undelivered => real.Undelivered;

    public Task ForgetDeletedAsync(CancellationToken cancellationToken) => real.ForgetDeletedAsync(cancellationToken);

    public Task OpenAsync(CancellationToken cancellationToken) => real.OpenAsync(cancellationToken);
}
