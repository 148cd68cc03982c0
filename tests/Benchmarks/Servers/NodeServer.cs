using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Benchmarks.Load;

namespace Benchmarks.Servers;

/// <summary>LINE's own SDK for Node: its webhook middleware on Express, which checks the signature and keeps nothing. The packages are those with which the real clients are tested.</summary>
internal static class NodeServer
{
    /// <summary>Why it cannot be measured here; null when it can. Fetches the packages when they are not there yet.</summary>
    public static async Task<string?> MissingAsync()
    {
        if (Directory.Exists(Path.Combine(Sdk(), "node_modules", "@line", "bot-sdk")) && await RunsAsync("node", ["--version"], Sdk()))
            return null;
        if (!await RunsAsync("node", ["--version"], Sdk()) || !await RunsAsync("npm", ["--version"], Sdk()))
            return "Node and npm are not installed.";
        return await RunsAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], Sdk()) ? null : "npm could not fetch LINE's SDK.";
    }

    public static Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync(new ProcessStartInfo("node", [Path.Combine(Here(), "webhooks.mjs")]) { WorkingDirectory = Sdk() }, Population.ChannelSecret);

    private static async Task<bool> RunsAsync(string program, string[] args, string folder)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // There is no such program.
        }
    }

    private static string Sdk() => Path.GetFullPath(Path.Combine(Here(), "..", "..", "RealClients", "sdk"));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
