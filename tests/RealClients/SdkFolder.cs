using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RealClients;

/// <summary>The folder with LINE's SDK and the programs that use it; its packages are fetched once.</summary>
internal static class SdkFolder
{
    private static readonly SemaphoreSlim Fetching = new(1, 1);

    public static string Path { get; } = System.IO.Path.Combine(Here(), "sdk");

    public static string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Fetches the packages that the lock file names, unless they are there.</summary>
    public static async Task FetchAsync()
    {
        await Fetching.WaitAsync();
        try
        {
            var fetched = new FileInfo(At("node_modules/.package-lock.json"));
            if (fetched.Exists && fetched.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(At("package-lock.json")))
                return;

            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = Path, RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = await Task.WhenAll(npm.StandardError.ReadToEndAsync(), npm.StandardOutput.ReadToEndAsync());
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm ci ended with {npm.ExitCode}: {string.Join('\n', said)}");
            fetched.Refresh();
            fetched.LastWriteTimeUtc = File.GetLastWriteTimeUtc(At("package-lock.json"));
        }
        finally
        {
            Fetching.Release();
        }
    }

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
