using System.Diagnostics;

namespace ControlModel.World;

/// <summary>A gateway as a process of its own (<see cref="Program"/>), that can be killed without a chance to say goodbye.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process) => _process = process;

    public static async Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string?> settings, Uri door, string mutant)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.Environment[Program.MutantVariable] = mutant;
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add($"--urls={door}");
        foreach (var (key, value) in settings)
            start.ArgumentList.Add($"--{key}={value}");
        var process = new Process { StartInfo = start };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new Queue<string>();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(TimeSpan.FromSeconds(60)) == ended)
            throw new InvalidOperationException("The gateway did not start: " + string.Join('\n', said));
        return new GatewayProcess(process);

        void Hear(string? line)
        {
            lock (said)
            {
                said.Enqueue(line ?? "");
                if (said.Count > 100)
                    said.Dequeue();
            }

            if (line?.Contains("Application started", StringComparison.Ordinal) == true)
                ready.TrySetResult();
        }
    }

    /// <summary>SIGKILL, and nothing else.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
