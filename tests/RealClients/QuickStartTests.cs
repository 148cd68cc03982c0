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
        var (commands, code) = await ReadAsync("Node", "js");
        commands.Length.ShouldBeLessThanOrEqualTo(5);
        code.Split('\n').Length.ShouldBeLessThanOrEqualTo(20);

        await FollowAsync(commands, code, "echo.mjs");
    }

    [Fact]
    public async Task Given_nothing_but_the_quick_start_When_a_partner_follows_it_in_CSharp_Then_the_phone_hears_its_echo()
    {
        var (commands, code) = await ReadAsync("C#", "csharp");

        await FollowAsync(commands, code, Path.Combine("echo", "Program.cs"), build: "dotnet build echo");
    }

    /// <summary>The marketplace is started, then the module is made and started; somebody writes to it on the phone, and reads the echo.</summary>
    /// <param name="commands">The first starts the marketplace, the second makes the module's project, the third starts it.</param>
    /// <param name="build">Run before the third, which then takes no time: the reply token of the first message lives for a minute.</param>
    private async Task FollowAsync(string[] commands, string code, string file, string? build = null)
    {
        using var limit = new CancellationTokenSource(Max);
        var port = FreePort();
        string Here(string text) => text.Replace("3000", $"{port}", StringComparison.Ordinal)
            .Replace(" src/", $" {Root}/src/", StringComparison.Ordinal)
            .Replace("-- dev-module", $"-- dev-module --port-base {Ports.FindBase()}", StringComparison.Ordinal);

        var phone = await SayAfterAsync(Begin(Here(commands[0])), PhoneAddress, limit.Token);
        var access = JsonSerializer.Deserialize<DevelopmentAccess>(await File.ReadAllTextAsync(_folder.At("access.json"), limit.Token), JsonSerializerOptions.Web)!;
        await EndAsync(Begin(Here(commands[1])), limit.Token);
        await File.WriteAllTextAsync(_folder.At(file), Here(code), limit.Token);
        if (build is not null)
            await EndAsync(Begin(build), limit.Token);
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

    private static async Task EndAsync(Process process, CancellationToken cancellationToken)
    {
        var said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, said);
    }

    private static async Task<(string[] Commands, string Code)> ReadAsync(string title, string language)
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Root, "docs", "partners", "quick-start.md"));
        var section = Section(guide, title);
        return ([.. Blocks(Section(guide, "Start a marketplace, get a module"), "bash"), .. Blocks(section, "bash")], Blocks(section, language).Single());
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
