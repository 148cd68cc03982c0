namespace ModuleGateway.Tests;

/// <summary>The real clock, moved forward at will: timers of the gateway that wait on it fire when it is moved past them.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<MovableTimer> _timers = [];
    private readonly List<(TimeSpan Wait, TaskCompletionSource Begun)> _awaited = [];
    private TimeSpan _offset;

    /// <summary>Another clock that goes with this one, moved before any timer fires.</summary>
    public Action<TimeSpan> Moving { get; set; } = _ => { };

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return base.GetUtcNow() + _offset;
    }

    public void Advance(TimeSpan by)
    {
        MovableTimer[] timers;
        lock (_gate)
        {
            _offset += by;
            timers = [.. _timers];
        }

        Moving(by);
        foreach (var timer in timers)
            timer.Moved();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state, dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
            foreach (var (_, begun) in _awaited.Where(one => one.Wait == dueTime))
                begun.TrySetResult();
            _awaited.RemoveAll(one => one.Wait == dueTime);
        }

        return timer;
    }

    /// <summary>Completes when somebody waits for just so long.</summary>
    public Task WaitedForAsync(TimeSpan wait)
    {
        lock (_gate)
        {
            if (_timers.Exists(timer => timer.Wait == wait))
                return Task.CompletedTask;
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((wait, begun));
            return begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    private sealed class MovableTimer : ITimer
    {
        private readonly TestClock _clock;
        private readonly Timer _timer;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private TimeSpan _period;
        private DateTimeOffset? _due;

        public MovableTimer(TestClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            Wait = dueTime;
            _timer = new Timer(_ => Fire());
            Change(dueTime, period);
        }

        /// <summary>What was waited for when it began.</summary>
        public TimeSpan Wait { get; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_timer)
            {
                _period = period;
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
            }

            return Arm();
        }

        public void Moved() => Arm();

        public void Dispose()
        {
            lock (_clock._gate)
                _clock._timers.Remove(this);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private bool Arm()
        {
            lock (_timer)
            {
                if (_due is not { } due)
                    return _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                var left = due - _clock.GetUtcNow();
                return _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        private void Fire()
        {
            lock (_timer)
            {
                if (_due is not { } due || due - _clock.GetUtcNow() > TimeSpan.FromMilliseconds(20))
                    return;
                _due = _period == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + _period;
            }

            _callback(_state);
            Arm();
        }
    }
}
