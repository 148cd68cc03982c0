using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace RealClients;

/// <summary>A program in Node that talks in lines of JSON.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeProgram(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public static NodeProgram Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("node", args)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new NodeProgram(Process.Start(start)!);
    }

    public async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <summary>The next line of its output.</summary>
    public async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"The program ended. It said: {await _errors}");
        return JsonSerializer.Deserialize<JsonElement>(line);
    }

    /// <summary>All that it still says, and how it ended.</summary>
    public async Task<(int Code, string Output, string Errors)> EndAsync(CancellationToken cancellationToken)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, output, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
