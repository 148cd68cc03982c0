using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>The connections to modules, of which there are so many: the fewer are left, the fewer may one module have.</summary>
/// <remarks>
/// A module gets another connection while it has less than a sixteenth of what is free, and always a first one. So modules that hang on to
/// theirs never take the last ones: a thousand of them leave a newcomer its place. Thread-safe. Idle connections count until they are closed.
/// </remarks>
internal sealed class ConnectionPlaces(int max)
{
    private const int Parts = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<ModuleId, int> _taken = [];
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly int _max = max;
    private int _free = max;

    /// <summary>Connections that are open or being opened.</summary>
    public int Taken
    {
        get
        {
            lock (_gate)
                return _max - _free;
        }
    }

    /// <summary>A place, as soon as there is one for this module; disposed of when the connection is closed.</summary>
    public async Task<IDisposable> TakeAsync(ModuleId module, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (TryTake(module))
                return new Place(this, module);
            node = _waiting.AddLast(new Waiter(module));
        }

        await using var given = cancellationToken.UnsafeRegister(_ => GiveUp(node, cancellationToken), null);
        await node.Value.Taken.Task;
        return new Place(this, module);
    }

    private bool TryTake(ModuleId module)
    {
        var taken = _taken.GetValueOrDefault(module);
        if (_free == 0 || taken >= Math.Max(1, _free / Parts))
            return false;

        _free--;
        _taken[module] = taken + 1;
        return true;
    }

    private void GiveUp(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (node.List is null)
                return; // It has its place already.
            _waiting.Remove(node);
        }

        node.Value.Taken.SetCanceled(cancellationToken);
    }

    private void Return(ModuleId module)
    {
        var served = new List<Waiter>();
        lock (_gate)
        {
            _free++;
            if (--_taken[module] == 0)
                _taken.Remove(module);
            for (var node = _waiting.First; node is not null && _free > 0;)
            {
                var next = node.Next;
                if (TryTake(node.Value.Module))
                {
                    _waiting.Remove(node);
                    served.Add(node.Value);
                }

                node = next;
            }
        }

        foreach (var waiter in served)
            waiter.Taken.SetResult();
    }

    private sealed record Waiter(ModuleId Module)
    {
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(ConnectionPlaces places, ModuleId module) : IDisposable
    {
        private int _isReturned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReturned, 1) == 0)
                places.Return(module);
        }
    }
}
