using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace EndToEnd.Story;

/// <summary>The all-in-one host as a program of its own, on its own ports and data folder, as somebody starts it who has just cloned the repository.</summary>
public sealed class MarketplaceProcess : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("marketplace-story-").FullName;
    private readonly Queue<string> _said = new();
    private Process? _process;
    private int _base;

    public Uri Portal => At(0);

    public Uri Sandbox => At(2);

    public Uri LiveDesk => At(4);

    public async Task InitializeAsync()
    {
        _base = FreePorts(5);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "Marketplace.dll"), "--data", Path.Combine(_folder, "data"), "--port-base", _base.ToString(CultureInfo.InvariantCulture), "--Identity:FormsPerMinute", "10000" }) // Everybody in tests comes from one address.
            start.ArgumentList.Add(argument);

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, ready);
        _process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The marketplace ended before it was ready. It said:\n{Said()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"The marketplace was not ready after {Patience.TotalSeconds} s. It said:\n{Said()}");
        }
    }

    /// <summary>An account's Bot ID, as LINE's console tells it.</summary>
    public async Task<string> BotIdAsync(string accountName)
    {
        using var http = new HttpClient();
        var accounts = JsonNode.Parse(await http.GetStringAsync(new Uri(Sandbox, "/sandbox/api/accounts")))!.AsArray();
        return (string)accounts.Single(account => (string?)account!["name"] == accountName)!["botId"]!;
    }

    /// <summary>The last lines that it printed: what to read when a step fails.</summary>
    public string Said()
    {
        lock (_said)
            return string.Join('\n', _said);
    }

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _process?.Dispose();

    private Uri At(int offset) => new($"http://127.0.0.1:{_base + offset}");

    private void Hear(string? line, TaskCompletionSource ready)
    {
        if (line is null)
            return;

        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > 200)
                _said.Dequeue();
        }

        if (line.StartsWith("ready ", StringComparison.Ordinal))
            ready.TrySetResult();
    }

    /// <summary>The first of so many ports in a row that nobody listens on now.</summary>
    private static int FreePorts(int count)
    {
        for (var first = 21_000; first < 31_000; first += count)
        {
            if (Enumerable.Range(first, count).All(IsFree))
                return first;
        }

        throw new InvalidOperationException($"No {count} free ports in a row between 21000 and 31000.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
