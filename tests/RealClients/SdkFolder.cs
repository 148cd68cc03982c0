using System.Runtime.CompilerServices;

namespace RealClients;

/// <summary>The folder with LINE's SDK and the programs that use it; its packages are fetched once.</summary>
internal static class SdkFolder
{
    public static string Path { get; } = System.IO.Path.Combine(Here(), "sdk");

    public static string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Fetches the packages that the lock file names, unless they are there.</summary>
    public static Task FetchAsync() => NpmPackages.FetchAsync(Path);

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
