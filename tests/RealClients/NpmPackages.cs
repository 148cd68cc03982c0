using System.Diagnostics;

namespace RealClients;

/// <summary>The packages that a folder's lock file names, fetched once.</summary>
internal static class NpmPackages
{
    private static readonly SemaphoreSlim Fetching = new(1, 1);

    /// <summary>Fetches them unless they are there.</summary>
    public static async Task FetchAsync(string folder)
    {
        await Fetching.WaitAsync();
        try
        {
            var fetched = new FileInfo(Path.Combine(folder, "node_modules/.package-lock.json"));
            var wanted = File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
            if (fetched.Exists && fetched.LastWriteTimeUtc >= wanted)
                return;

            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = await Task.WhenAll(npm.StandardError.ReadToEndAsync(), npm.StandardOutput.ReadToEndAsync());
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm ci ended with {npm.ExitCode}: {string.Join('\n', said)}");
            fetched.Refresh();
            fetched.LastWriteTimeUtc = wanted;
        }
        finally
        {
            Fetching.Release();
        }
    }
}
