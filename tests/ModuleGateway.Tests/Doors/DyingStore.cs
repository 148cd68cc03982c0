using ModuleGateway.Journal;
using ModuleGateway.Store;

namespace ModuleGateway.Tests;

/// <summary>The real store until its process dies at a chosen write of a chosen room: before it, or just after it was kept. From then on nothing is kept or read.</summary>
internal sealed class DyingStore(IGatewayStore real) : IGatewayStore, IDisposable
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _room = "";
    private int _left = int.MaxValue;
    private bool _isKept;

    /// <summary>Whether the chosen write came.</summary>
    public bool IsDead => _died.Task.IsCompleted;

    public Task DiedAsync => _died.Task.WaitAsync(TimeSpan.FromSeconds(20));

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

    /// <param name="room">The class whose writes are counted.</param>
    /// <param name="write">At which of them, from 1.</param>
    /// <param name="isKept">Whether it is kept: then its caller never hears of it.</param>
    public void DieAt(Type room, int write, bool isKept) => (_room, _left, _isKept) = (room.FullName!, write, isKept);

    public async Task<T> WriteAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default)
    {
        var isChosen = work.Method.DeclaringType!.FullName!.StartsWith(_room, StringComparison.Ordinal) && Interlocked.Decrement(ref _left) == 0;
        if (IsDead || (isChosen && !_isKept))
            throw Die();

        var result = await real.WriteAsync(work, cancellationToken);
        return isChosen ? throw Die() : result;
    }

    public Task<T> ReadAsync<T>(Func<IGatewayTransaction, T> work, CancellationToken cancellationToken = default) => IsDead ? throw Die() : real.ReadAsync(work, cancellationToken);

    public Task<StoreRole> TakeRoleAsync(string name, CancellationToken cancellationToken) => real.TakeRoleAsync(name, cancellationToken);

    public Undelivered Undelivered => real.Undelivered;

    public Task ForgetDeletedAsync(CancellationToken cancellationToken) => real.ForgetDeletedAsync(cancellationToken);

    public Task OpenAsync(CancellationToken cancellationToken) => real.OpenAsync(cancellationToken);

    public void Dispose() => ((IDisposable)real).Dispose();

    private StoreUnavailableException Die()
    {
        _died.TrySetResult();
        return new StoreUnavailableException("The process died.");
    }
}
