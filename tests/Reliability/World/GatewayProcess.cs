using System.Diagnostics;

namespace Reliability.World;

/// <summary>A gateway as a process of its own (<see cref="Program"/>), that can be killed without a chance to say goodbye.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public int Id => _process.Id;

    public Uri Address { get; }

    /// <param name="settings">Its configuration.</param>
    /// <param name="mutant">The bug that it has; empty: none.</param>
    /// <param name="hosts">The file that says where hosts are; empty: the machine's resolver.</param>
    /// <param name="says">Called with each line that it writes; null: nobody listens.</param>
    public static async Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string?> settings, string mutant, string hosts = "", Action<string>? says = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.Environment[Program.MutantVariable] = mutant;
        start.Environment[Program.HostsVariable] = hosts;
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add("--urls=http://127.0.0.1:0"); // It says which one it got.
        foreach (var (key, value) in settings)
            start.ArgumentList.Add($"--{key}={value}");
        var process = new Process { StartInfo = start };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new Queue<string>();
        Uri? address = null;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended).WaitAsync(TimeSpan.FromSeconds(60)) == ended)
            throw new InvalidOperationException("The gateway did not start: " + string.Join('\n', said));
        return new GatewayProcess(process, address!);

        void Hear(string? line)
        {
            lock (said)
            {
                said.Enqueue(line ?? "");
                if (said.Count > 100)
                    said.Dequeue();
            }

            if (line is not null)
                says?.Invoke(line);
            if (line?.Split("Now listening on: ") is [_, var listening])
                address = new Uri(listening);
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
