using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Reliability.World;

/// <summary>What the system saw of each answer.</summary>
/// <param name="Answered">Requests of these events that were answered with 200.</param>
/// <param name="Unflushed">Of these, how many without a flush of the journal between their event's write and the answer.</param>
/// <param name="Flushes">Flushes of the journal in all.</param>
internal sealed record Traced(int Answered, int Unflushed, int Flushes);

/// <summary>Watches the system calls of a running gateway (strace): what it reads and writes at sockets and at its journal, and when it has the disk keep it.</summary>
/// <remarks>A kill loses nothing that the system has taken over, so it cannot show that a flush is missing. This does.</remarks>
internal sealed partial class FlushTrace : IAsyncDisposable
{
    private const string Journal = "gateway.db-wal>";
    private readonly string _file;
    private readonly Process _strace;

    private FlushTrace(Process strace, string file)
    {
        _strace = strace;
        _file = file;
    }

    public static async Task<FlushTrace> AttachAsync(int process)
    {
        var file = Path.GetTempFileName();
        var start = new ProcessStartInfo("strace") { RedirectStandardError = true };
        foreach (var argument in new[] { "-f", "-y", "-s", "8192", "-e", "trace=recvmsg,recvfrom,read,pwrite64,pwritev,write,fdatasync,fsync,sendmsg,sendto", "-o", file, "-p", process.ToString(CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(argument);
        var strace = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var said = await strace.StandardError.ReadLineAsync(limit.Token); // "strace: Process 1234 attached with 30 threads"
        if (said?.Contains("attached", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"strace cannot watch the gateway: {said}");
        return new FlushTrace(strace, file);
    }

    /// <summary>What was seen, once the watched process has ended.</summary>
    /// <param name="ids">The events' ids: they stand in the request and, unsealed, in the journal.</param>
    public async Task<Traced> ReadAsync(IReadOnlySet<string> ids)
    {
        await _strace.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return Read(await File.ReadAllLinesAsync(_file), ids);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_strace.HasExited)
            _strace.Kill();
        await _strace.WaitForExitAsync();
        _strace.Dispose();
        File.Delete(_file);
    }

    /// <summary>A call begins where its line stands; it ends there too, unless the line says <c>unfinished</c>: then it ends where its thread's <c>resumed</c> stands.</summary>
    internal static Traced Read(IReadOnlyList<string> lines, IReadOnlySet<string> ids)
    {
        var begun = new Dictionary<string, (int At, string Text)>();
        var asks = new Dictionary<string, string>(); // By socket: the event that it asks about.
        var written = new Dictionary<string, int>(); // By event: where its first write to the journal had ended.
        var flushes = new List<(int Begun, int Ended)>();
        var answers = new List<(string Id, int At)>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (Line().Match(lines[i]) is not { Success: true } line)
                continue;

            var (thread, text, at) = (line.Groups["thread"].Value, line.Groups["text"].Value, i);
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                begun[thread] = (i, text);
                Answer(text, i);
                continue;
            }

            if (text.StartsWith("<... ", StringComparison.Ordinal))
            {
                if (!begun.Remove(thread, out var call))
                    continue;
                (at, text) = (call.At, call.Text + text);
            }
            else
            {
                Answer(text, i);
            }

            if (text.StartsWith("recv", StringComparison.Ordinal) || text.StartsWith("read", StringComparison.Ordinal))
            {
                if (FindId(text) is { } asked && text.Contains("POST /webhook/", StringComparison.Ordinal))
                    asks[SocketOf(text)] = asked;
            }
            else if (text.StartsWith("pwrite", StringComparison.Ordinal) && text.Contains(Journal, StringComparison.Ordinal))
            {
                foreach (var id in FindIds(text))
                    written.TryAdd(id, i);
            }
            else if (text.Contains("sync(", StringComparison.Ordinal) && text.Contains(Journal, StringComparison.Ordinal) && text.EndsWith("= 0", StringComparison.Ordinal))
            {
                flushes.Add((at, i));
            }
        }

        return new Traced(
            answers.Count, answers.Count(answer => !written.TryGetValue(answer.Id, out var write) || !flushes.Exists(flush => flush.Begun > write && flush.Ended < answer.At)), flushes.Count);

        void Answer(string text, int at)
        {
            if (text.StartsWith("send", StringComparison.Ordinal) && text.Contains("HTTP/1.1 200 ", StringComparison.Ordinal) && asks.Remove(SocketOf(text), out var id))
                answers.Add((id, at));
        }

        string? FindId(string text) => FindIds(text).FirstOrDefault();

        IEnumerable<string> FindIds(string text) => EventId().Matches(text).Select(match => match.Value).Where(ids.Contains);
    }

    private static string SocketOf(string text) => Socket().Match(text).Value;

    [GeneratedRegex(@"^(?<thread>\d+)\s+(?<text>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\d+<(socket|TCP)[^>]*>")]
    private static partial Regex Socket();

    [GeneratedRegex("01[0-9A-HJKMNP-TV-Z]{24}")]
    private static partial Regex EventId();
}
