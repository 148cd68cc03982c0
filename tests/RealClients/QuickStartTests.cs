using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Line;
using Marketplace.Development;
using Marketplace.Hosting;
using Marketplace.Outside;
using Marketplace.Tests.Hosting;

namespace RealClients;

/// <summary>The quick start for partners, followed to the letter: only the ports are others, so that several can be followed at once.</summary>
public sealed partial class QuickStartTests : IDisposable
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(4);

    private static readonly string Root = Path.GetFullPath(Path.Combine(SdkFolder.Path, "..", "..", ".."));

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Given_nothing_but_the_quick_start_When_a_partner_follows_it_in_Node_Then_the_phone_hears_its_echo()
    {
        using var limit = new CancellationTokenSource(Max);
        var guide = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "partners", "quick-start.md"), limit.Token);
        var start = Section(guide, "Start a marketplace, get a module");
        var node = Section(guide, "Node");
        string[] commands = [.. Blocks(start, "bash"), .. Blocks(node, "bash")];
        var code = Blocks(node, "js").Single();
        commands.Length.ShouldBeLessThanOrEqualTo(5);
        code.Split('\n').Length.ShouldBeLessThanOrEqualTo(20);

        var port = FreePort();
        string Here(string text) => text.Replace("3000", $"{port}", StringComparison.Ordinal)
            .Replace("--project src/", $"--project {Root}/src/", StringComparison.Ordinal)
            .Replace("-- dev-module", $"-- dev-module --port-base {Ports.FindBase()}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_folder.At("echo.mjs"), Here(code), limit.Token);

        var phone = await SayAfterAsync(Begin(Here(commands[0])), PhoneAddress, limit.Token);
        var access = JsonSerializer.Deserialize<DevelopmentAccess>(await File.ReadAllTextAsync(_folder.At("access.json"), limit.Token), JsonSerializerOptions.Web)!;
        await Begin(Here(commands[1])).WaitForExitAsync(limit.Token);
        Begin(Here(commands[2]));

        using var http = new HttpClient();
        var sandbox = new Uri(phone.GetLeftPart(UriPartial.Authority));
        var person = await new SandboxConsole(http, sandbox).AddPersonAsync("Mei", limit.Token);
        await using var chat = await PhoneChat.OpenAsync(http, sandbox, access.BotId, person.Id, limit.Token);
        await chat.FollowAsync(limit.Token);
        await chat.WriteAsync("Is anybody there?", limit.Token);
        var heard = await chat.NextAsync(bubble => bubble.Text == "Is anybody there?", limit.Token);

        heard.ShouldNotBeNull();
    }

    private static string Section(string guide, string title) => Regex.Match(guide, $@"^## {Regex.Escape(title)}$(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    private static IEnumerable<string> Blocks(string section, string language) => Block().Matches(section).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value.TrimEnd());

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Uri> SayAfterAsync(Process process, Regex expected, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            said.Add(line);
            if (expected.Match(line) is { Success: true } match)
                return new Uri(match.Value);
        }

        throw new InvalidOperationException($"It ended and said: {string.Join('\n', said)}");
    }

    /// <summary>Begins a command line as a person would type it.</summary>
    private Process Begin(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = _folder.Path, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // No build server may outlive the test.
        start.Environment["UseSharedCompilation"] = "false";
        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/phone")]
    private static partial Regex PhoneAddress { get; }
}
