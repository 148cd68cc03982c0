using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Servers;

/// <summary>A server in a process of its own: its collector, threads and compiler are its own, and its memory can be told apart.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private bool _isDisposed;

    private ServerProcess(Process process) => _process = process;

    public Uri Url { get; private init; } = null!;

    /// <summary>From the start of the process until it took requests.</summary>
    public TimeSpan StartTime { get; private init; }

    /// <summary>Memory of the process that lies in the machine's, in bytes.</summary>
    public long ResidentBytes => KilobytesOf("VmRSS:") * 1024;

    /// <summary>The most that it ever was.</summary>
    public long ResidentBytesMax => KilobytesOf("VmHWM:") * 1024;

    /// <summary>Starts one of ours.</summary>
    public static Task<ServerProcess> StartAsync(ServerPlan plan)
    {
        var self = Environment.ProcessPath!;
        var start = Path.GetFileNameWithoutExtension(self) == "dotnet" ? new ProcessStartInfo(self, [typeof(ServerProcess).Assembly.Location, ServerHost.Command]) : new ProcessStartInfo(self, [ServerHost.Command]);

        // As the gateway runs in production, whatever this process was built with: web servers collect on all cores, and code that is hot is compiled again.
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["DOTNET_TieredCompilation"] = "1";
        return StartAsync(start, JsonSerializer.Serialize(plan));
    }

    /// <summary>Starts a program that says <c>{"url": …}</c> when it is ready, and ends with its input.</summary>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, string firstLine)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        var at = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteLineAsync(firstLine);
            await process.StandardInput.FlushAsync();
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(StartWithin) ?? throw new InvalidOperationException("The server ended before it was ready; what it said stands above.");
            var url = JsonSerializer.Deserialize<JsonElement>(line).GetProperty("url").GetString()!;
            return new ServerProcess(process) { Url = new Uri(url), StartTime = Stopwatch.GetElapsedTime(at) };
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }


    /// <summary>Managed bytes in use after a full collection.</summary>
    public async Task<long> HeapBytesAsync()
    {
        await _process.StandardInput.WriteLineAsync(ServerHost.Collect);
        await _process.StandardInput.FlushAsync();
        return long.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it as a pulled plug would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return; // A measure may have ended it to look at what it left.

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private long KilobytesOf(string name)
    {
        foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status")))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
                return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException($"The system does not say {name}.");
    }
}
