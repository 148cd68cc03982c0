using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Measures;

/// <summary>A push through the gateway, with all that it decides, writes and counts, against the same push straight to the sandbox, which plays LINE with its checks.</summary>
/// <remarks>Both on this machine and in this process, so that the sandbox's share of the processor is in both. Their limits of LINE's, 2 000 a second, are lifted.</remarks>
/// <param name="callers">How many push at the same time, each into a chat of its own.</param>
internal sealed class FacadePush(int callers) : IMeasure
{
    private const string Path = "/v2/bot/message/push";
    private const int CallsPerSecond = 1_000_000;
    private const int P50OverMax = 1_000; // Microseconds.

    private readonly int _operations = callers == 1 ? 1_000 : 6_400;

    public string Name => $"facade-{callers}";

    public string What => $"push through the gateway, {callers} caller{(callers == 1 ? "" : "s")}";

    public string Against => "the same push straight to the sandbox";

    public double Goal => 0.5;

    public async Task<Measured> MeasureAsync()
    {
        await using var line = await SandboxLine.StartAsync(CallsPerSecond);
        await using var gateway = await BenchGateway.StartAsync(new Dictionary<string, string?> { ["RateLimits:UsualCallsPerSecond"] = $"{CallsPerSecond}" }, line.Url);
        var (chats, friends) = (new string[callers], new string[callers]);
        for (var i = 0; i < callers; i++)
            chats[i] = await gateway.MeetAsync(i, module: 0, friends[i] = await line.FriendAsync());
        await gateway.RoutedAsync();

        var (ours, theirs) = (new ConcurrentBag<long>(), new ConcurrentBag<long>());
        var measured = await Alternating.SpeedAsync(
            count => InParallelAsync(count, ours, caller => gateway.CallAsync(0, Path, Body(chats[caller]))),
            count => InParallelAsync(count, theirs, caller => line.CallAsync(Path, Body(friends[caller]))),
            _operations);
        if (line.Pushed() != ours.Count + theirs.Count)
            throw new InvalidOperationException($"{ours.Count} pushes through the gateway and {theirs.Count} beside it: the sandbox sent {line.Pushed()}.");

        var (p50, other) = (Median(ours), Median(theirs));
        var more = string.Create(CultureInfo.InvariantCulture, $"p50 {p50:0} µs against {other:0}: {p50 - other:+0;-0} µs");
        if (callers == 1) // More of them wait for each other, and so for the machine's cores.
            more += p50 - other > P50OverMax ? $" (missed: at most +{P50OverMax})" : $" (at most +{P50OverMax})";
        return measured with { Note = $"{more}; {line.Pushed()} pushes sent" };
    }

    private static string Body(string to) => JsonSerializer.Serialize(new { to, messages = new[] { new { type = "text", text = "Your table is ready." } } });

    private static double Median(ConcurrentBag<long> ticks) => Stopwatch.GetElapsedTime(0, ticks.Order().ElementAt(ticks.Count / 2)).TotalMicroseconds;

    private async ValueTask InParallelAsync(int count, ConcurrentBag<long> ticks, Func<int, Task> push) => await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
    {
        for (var i = 0; i < Math.Max(1, count / callers); i++)
        {
            var started = Stopwatch.GetTimestamp();
            await push(caller);
            ticks.Add(Stopwatch.GetTimestamp() - started);
        }
    })));
}
