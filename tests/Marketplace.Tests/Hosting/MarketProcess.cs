using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Marketplace.Tests.Hosting;

/// <summary>The program as somebody starts it: a process of its own with its own working folder.</summary>
internal sealed class MarketProcess : IAsyncDisposable
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(3); // A busy machine starts five web apps slowly; nothing is waited for blindly.

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private readonly Task<string> _errors;

    private MarketProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static MarketProcess Start(string folder, params string[] args) => Start(folder, new Dictionary<string, string>(), args);

    public static MarketProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Marketplace.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new MarketProcess(Process.Start(start)!);
    }

    /// <summary>The next line of standard output that begins so.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        using var limit = new CancellationTokenSource(Max);
        var before = new StringBuilder();
        await foreach (var line in _lines.Reader.ReadAllAsync(limit.Token))
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line;
            before.AppendLine(line);
        }

        throw new InvalidOperationException($"The process ended without a line '{beginning}…'. It said: {before}{await _errors}");
    }

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public async Task<(int Code, string Errors)> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        using var limit = new CancellationTokenSource(Max);
        await _process.WaitForExitAsync(limit.Token);
        await _reading;
        return (_process.ExitCode, await _errors);
    }

    /// <summary>What it wrote to standard output and nobody has read yet.</summary>
    public async Task<string> RestAsync()
    {
        await EndAsync();
        var rest = new StringBuilder();
        await foreach (var line in _lines.Reader.ReadAllAsync())
            rest.AppendLine(line);
        return rest.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            _lines.Writer.TryWrite(line);
        _lines.Writer.Complete();
    }
}
