using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ModuleGateway.Tests;
using Tenancy;

namespace ControlModel.World;

/// <summary>A copy as it reached a module for the first time.</summary>
/// <param name="At">Ticks of the machine's stopwatch.</param>
/// <param name="Nth">Its place among everything that came to this linkage.</param>
internal sealed record Arrival(long At, int Nth, JsonObject Event);

/// <summary>What came to the modules: first arrivals, by linkage and event.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<(LinkageId, string), TaskCompletionSource<Arrival>> _all = new();
    private int _nth;

    /// <summary>Called with each first arrival.</summary>
    public Action<LinkageId, JsonObject> Came { get; set; } = (_, _) => { };

    public void Take(LinkageId linkage, Got got)
    {
        foreach (var one in got.Events)
        {
            var first = new Arrival(Stopwatch.GetTimestamp(), Interlocked.Increment(ref _nth), one);
            if (For(linkage, (string)one["webhookEventId"]!).TrySetResult(first))
                Came(linkage, one);
        }
    }

    public Arrival? Find(LinkageId linkage, string eventId) => _all.TryGetValue((linkage, eventId), out var came) && came.Task.IsCompletedSuccessfully ? came.Task.Result : null;

    /// <summary>Completes when this linkage has got this event.</summary>
    public Task<Arrival> OfAsync(LinkageId linkage, string eventId) => For(linkage, eventId).Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Forgets what was judged. What came since then stays: the next look into the store shows it.</summary>
    public void Forget(LinkageId linkage, string eventId) => _all.TryRemove((linkage, eventId), out _);

    private TaskCompletionSource<Arrival> For(LinkageId linkage, string eventId) =>
        _all.GetOrAdd((linkage, eventId), _ => new TaskCompletionSource<Arrival>(TaskCreationOptions.RunContinuationsAsynchronously));
}
