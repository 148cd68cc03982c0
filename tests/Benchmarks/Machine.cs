using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>On what was measured, and how busy it was.</summary>
internal sealed record Machine(string Processor, int Cores, string System, string Runtime, string Load)
{
    public static Machine Now() => new(
        FromFile("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription, File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown");

    private static string? FromFile(string file, string name) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
}
