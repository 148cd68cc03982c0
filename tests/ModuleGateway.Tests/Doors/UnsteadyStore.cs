using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace ModuleGateway.Tests;

/// <summary>The real store with a disk that can be full or not be read, and a moment after each write.</summary>
internal sealed class UnsteadyStore(IGatewayStore real) : IGatewayStore, IDisposable
{
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private volatile bool _isFull;
    private int _inVain;
    private TaskCompletionSource? _wasInVain;

    /// <summary>While it is, no write is kept.</summary>
    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    /// <summary>Completes with the first write that was refused.</summary>
    public Task RefusedAsync() => _refused.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Runs after each write that was kept, before its caller goes on.</summary>
    public Func<Task> Written { get; set; } = () => Task.CompletedTask;

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

    /// <summary>Refuses as the real one does when its queue is full: at once, not in the task.</summary>
    public Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default)
    {
        if (!IsFull)
            return KeepAsync(work, cancellationToken);

        _refused.TrySetResult();
        throw new StoreUnavailableException("The disk is full.");
    }

    /// <summary>What whoever reads gets; null: what he reads.</summary>
    public Func<Exception>? Unreadable { get; set; }

    public Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default) =>
        Reading is { } reading ? LaterAsync(reading, work, cancellationToken) : Unreadable is { } fault ? InVain<T>(fault()) : real.ReadAsync(work, cancellationToken);

    /// <summary>Completes when so many more reads were in vain.</summary>
    public Task ReadInVainAsync(int count)
    {
        lock (_gate)
        {
            _inVain = count;
            return (_wasInVain = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    /// <summary>Runs before each read; null: nothing does.</summary>
    public Func<Task>? Reading { get; set; }

    /// <summary>Runs when a role is about to be given up.</summary>
    public Action GivingUp { get; set; } = () => { };

    public async Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken) => new Role(this, await real.TakeRoleAsync(name, cancellationToken));

    public Undelivered Undelivered => real.Undelivered;

    public Task ForgetDeletedAsync(CancellationToken cancellationToken) => real.ForgetDeletedAsync(cancellationToken);

    public Task OpenAsync(CancellationToken cancellationToken) => real.OpenAsync(cancellationToken);

    public void Dispose() => ((IDisposable)real).Dispose();

    private sealed class Role(UnsteadyStore store, StoreRole real) : StoreRole
    {
        public override CancellationToken Lost => real.Lost;

        public override bool IsHeld => real.IsHeld;

        public override ValueTask DisposeAsync()
        {
            store.GivingUp();
            return real.DisposeAsync();
        }
    }

    private Task<T> InVain<T>(Exception fault)
    {
        lock (_gate)
        {
            if (--_inVain == 0)
                _wasInVain?.TrySetResult();
        }

        return Task.FromException<T>(fault);
    }

    private async Task<T> LaterAsync<T>(Func<Task> reading, Func<IGatewayTransaction, T> work, CancellationToken cancellationToken)
    {
        await reading();
        return await real.ReadAsync(work, cancellationToken);
    }

    private async Task<T> KeepAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken)
    {
        var result = await real.WriteAsync(work, cancellationToken);
        await Written();
        return result;
    }
}
