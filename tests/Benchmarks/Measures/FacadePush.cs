using System.Text.Json;

namespace Benchmarks.Measures;

/// <summary>A push through the gateway, with all that it decides, writes and counts, against the same push straight to the server that plays LINE.</summary>
/// <param name="callers">How many push at the same time, each into a chat of its own.</param>
internal sealed class FacadePush(int callers) : IMeasure
{
    private const string Path = "/v2/bot/message/push";
    private const int Operations = 1_000; // More callers would meet the bucket of LINE's own limit, 2 000 a second.

    public string Name => $"facade-{callers}";

    public string What => $"push through the gateway, {callers} caller{(callers == 1 ? "" : "s")}";

    public string Against => "the same push straight to LINE's double, which answers at once";

    public double Goal => 0.5;

    public async Task<Measured> MeasureAsync()
    {
        await using var gateway = await BenchGateway.StartAsync(new Dictionary<string, string?>());
        var chats = new string[callers];
        for (var i = 0; i < callers; i++)
            chats[i] = await gateway.MeetAsync(i, module: 0);
        await gateway.RoutedAsync();

        var before = gateway.CallsAtLine(Path);
        var pushed = 0L;
        var measured = await Alternating.SpeedAsync(
            count => InParallelAsync(count, async caller =>
            {
                await gateway.CallAsync(0, Path, Body(chats[caller]));
                Interlocked.Increment(ref pushed);
            }),
            count => InParallelAsync(count, async caller =>
            {
                await gateway.CallLineAsync(Path, Body(chats[caller]));
                Interlocked.Increment(ref pushed);
            }),
            Operations);
        var arrived = gateway.CallsAtLine(Path) - before;
        if (arrived != pushed)
            throw new InvalidOperationException($"{pushed} pushes, {arrived} at LINE.");
        return measured with { Note = $"{arrived} pushes at LINE" };
    }

    private static string Body(string to) => JsonSerializer.Serialize(new { to, messages = new[] { new { type = "text", text = "Your table is ready." } } });

    private async ValueTask InParallelAsync(int count, Func<int, Task> push) => await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
    {
        for (var i = 0; i < Math.Max(1, count / callers); i++)
            await push(caller);
    })));
}
