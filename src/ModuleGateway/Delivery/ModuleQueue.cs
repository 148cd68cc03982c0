namespace ModuleGateway.Delivery;

/// <summary>One module's lanes in turn, so many at once: first come, first served, one turn each.</summary>
internal sealed class ModuleQueue(int inFlightMax)
{
    private readonly Lock _gate = new();
    private readonly Queue<(LaneState Lane, Func<LaneState, Task> Turn)> _waiting = new();
    private int _running;

    public void Add(LaneState lane, Func<LaneState, Task> turn)
    {
        lock (_gate)
        {
            _waiting.Enqueue((lane, turn));
            if (_running >= inFlightMax)
                return;

            _running++;
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            (LaneState Lane, Func<LaneState, Task> Turn) next;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _running--;
                    return;
                }
            }

            await next.Turn(next.Lane);
        }
    }
}
