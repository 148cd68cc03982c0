using Line;

namespace Sandbox.Faults;

/// <summary>The faults that the console has ordered; used up one by one. In memory.</summary>
internal sealed class FaultBook
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];
    private long _lastId;

    public IReadOnlyList<Fault> All()
    {
        lock (_lock)
            return [.. _faults];
    }

    public Fault Add(FaultKind kind, BotId? botId, string? path, int times, TimeSpan delay)
    {
        lock (_lock)
        {
            var fault = new Fault(++_lastId, kind, botId, path, times, delay);
            _faults.Add(fault);
            return fault;
        }
    }

    public void Clear()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>Whether a fault of this kind strikes now; it is then used up once.</summary>
    public Fault? Take(FaultKind kind, BotId? botId, string? path = null)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(fault =>
                fault.Kind == kind
                && (fault.BotId is null || fault.BotId == botId)
                && (fault.Path is null || path?.StartsWith(fault.Path, StringComparison.Ordinal) == true));
            if (index < 0)
                return null;

            var taken = _faults[index];
            if (taken.Remaining == 1)
                _faults.RemoveAt(index);
            else
                _faults[index] = taken with { Remaining = taken.Remaining - 1 };
            return taken;
        }
    }
}
