using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace Benchmarks.Servers;

/// <summary>Appends each body to one file and answers 200 once it is flushed; whatever waits shares a flush. The least that "durable" can cost.</summary>
internal static class AppendServer
{
    private const int GroupMax = 512;

    public static async Task<WebApplication> StartAsync(ServerPlan plan)
    {
        var queue = new BlockingCollection<(byte[] Body, TaskCompletionSource Done)>();
        var writer = new Thread(() => Write(Path.Combine(plan.Folder, "appended"), queue)) { IsBackground = true };
        writer.Start();
        var app = ServerHost.Plain().Build();
        app.Run(async http =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Add((await BareServer.ReadAsync(http), done));
            await done.Task;
            http.Response.ContentLength = 0;
        });
        await app.StartAsync();
        return app;
    }

    private static void Write(string path, BlockingCollection<(byte[] Body, TaskCompletionSource Done)> queue)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var group = new List<(byte[] Body, TaskCompletionSource Done)>(GroupMax);
        var at = 0L;
        foreach (var first in queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < GroupMax && queue.TryTake(out var next))
                group.Add(next);
            RandomAccess.Write(file, group.ConvertAll(one => (ReadOnlyMemory<byte>)one.Body), at);
            at += group.Sum(one => one.Body.Length);
            RandomAccess.FlushToDisk(file);
            foreach (var (_, done) in group)
                done.SetResult();
            group.Clear();
        }
    }
}
