namespace Modules.Tests.Platform;

/// <summary>Calls in their order; a test waits for the one it expects.</summary>
public sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<PlatformCall> _calls = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<PlatformCall> All
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public void Add(PlatformCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The calls that fit, once there are so many; fails when they do not come in time.</summary>
    public async Task<IReadOnlyList<PlatformCall>> WaitAsync(Func<PlatformCall, bool> fits, int count = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_calls.Where(fits).ToList() is var found && found.Count >= count)
                    return found;

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Expected {count} such calls; there were: {string.Join("; ", All.Select(call => $"{call.Status} {call.Path} {call.Body}"))}");
            }
        }
    }
}
