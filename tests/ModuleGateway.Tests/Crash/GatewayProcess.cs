using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Line;

namespace ModuleGateway.Tests.Crash;

/// <summary>The gateway as a process of its own, that can be killed without a chance to say goodbye.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    /// <summary>Its doors.</summary>
    public HttpClient Http { get; }

    public static async Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ModuleGateway.dll"));
        start.ArgumentList.Add("--urls=http://127.0.0.1:0"); // It says which one it got: one that was free a moment ago may be somebody else's by now.
        foreach (var (key, value) in settings)
            start.ArgumentList.Add($"--{key}={value}");
        var process = new Process { StartInfo = start };
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
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
                said.Add(line ?? "");
            if (line?.Split("Now listening on: ") is [_, var listening])
                address = new Uri(listening);
            if (line?.Contains("Application started", StringComparison.Ordinal) == true)
                ready.TrySetResult();
        }
    }

    /// <summary>Stops it as a debugger or a machine that is out of breath would: it lives, holds what it holds, and does nothing.</summary>
    public void Freeze() => Signal(_process.Id, "-STOP");

    public void Thaw() => Signal(_process.Id, "-CONT");

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
        Http.Dispose();
    }

    /// <summary>A customer writes, and LINE's webhook comes in here.</summary>
    public async Task<HttpStatusCode> PostAsync(Shop shop, string user, string text)
    {
        var body = new JsonObject { ["destination"] = shop.Bot.ToString(), ["events"] = new JsonArray(shop.Message(user, text, replyToken: Guid.NewGuid().ToString("N"))) }.ToJsonString();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhook/{GatewayHost.ModuleChannelId}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("x-line-signature", new LineSignature(GatewayHost.ModuleChannelSecret).Create(Encoding.UTF8.GetBytes(body)));
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [signal, process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        kill.ExitCode.ShouldBe(0);
    }
}
