using System.Diagnostics;
using Benchmarks.Checks;

namespace Benchmarks.Load;

/// <summary>Sends webhooks over so many connections, a thread each, at once or at their times.</summary>
/// <remarks>
/// It runs in a process of its own beside the server: one process would give both the same collector, thread pool and compiler, and whatever the
/// generator does would be the server's pause. Whichever connection is free takes the next request, so that none of them is left with the tail.
/// </remarks>
internal sealed class LoadGenerator : IDisposable
{
    private const int SpinBelowMicros = 60; // What a sleep of the system is late by.

    private readonly LoadConnection[] _connections;

    public LoadGenerator(Uri server, int connections = 64) => _connections = [.. Enumerable.Range(0, connections).Select(_ => new LoadConnection(server))];

    /// <summary>Each connection sends its next request as soon as its last is answered.</summary>
    public Sending AtOnce(IReadOnlyList<LoadRequest> requests) => Run(new Sending(requests), null);

    /// <summary>Open loop: requests are due at random instants, so many a second on average, whether or not earlier ones are answered.</summary>
    /// <param name="random">Draws the gaps, which are exponential as those between strangers are.</param>
    public Sending AtRate(IReadOnlyList<LoadRequest> requests, double perSecond, Random random)
    {
        var offsets = new long[requests.Count];
        var at = 0.0;
        for (var i = 0; i < offsets.Length; i++)
        {
            at -= Math.Log(1 - random.NextDouble()) / perSecond;
            offsets[i] = (long)(at * Stopwatch.Frequency);
        }

        return Run(new Sending(requests), offsets);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private Sending Run(Sending sending, long[]? offsets)
    {
        var next = -1;
        Exception? failure = null;
        using var ready = new Barrier(_connections.Length + 1, _ => sending.StartedAt = Stopwatch.GetTimestamp());
        var threads = _connections.Select(connection => new Thread(() =>
        {
            ready.SignalAndWait();
            try
            {
                for (int i; (i = Interlocked.Increment(ref next)) < sending.Requests.Count;)
                    SendOne(sending, i, connection, offsets);
            }
            catch (Exception error) // Told by the thread that waits for all.
            {
                failure = error;
                Volatile.Write(ref next, sending.Requests.Count);
            }
        }, 256 * 1024) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        ready.SignalAndWait();
        threads.ForEach(thread => thread.Join());
        sending.EndedAt = Stopwatch.GetTimestamp();
        return failure is null ? sending : throw new RefusedRunException($"The load broke off: {failure.Message}", failure);
    }

    private static void SendOne(Sending sending, int i, LoadConnection connection, long[]? offsets)
    {
        if (offsets is not null)
            WaitUntil(sending.DueAt[i] = sending.StartedAt + offsets[i]);
        sending.SentAt[i] = Stopwatch.GetTimestamp();
        if (offsets is null)
            sending.DueAt[i] = sending.SentAt[i];
        sending.Status[i] = connection.Send(sending.Requests[i].Wire);
        sending.AnsweredAt[i] = Stopwatch.GetTimestamp();
    }

    private static void WaitUntil(long due)
    {
        while (true)
        {
            var micros = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMicroseconds;
            if (micros <= 0)
                return;
            if (micros > SpinBelowMicros)
                PreciseSleep.Micros(micros - SpinBelowMicros);
            else
                Thread.SpinWait(20);
        }
    }
}
