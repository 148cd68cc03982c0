using System.Runtime.CompilerServices;

namespace Line.Tests;

/// <summary>LINE's published webhook samples, read where the workspace keeps them; a clone without them skips their tests.</summary>
public static class Samples
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "data", "webhook-samples"));

    public static bool AreHere => Directory.Exists(Folder);

    /// <summary>The samples' file names; empty where they are not.</summary>
    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        if (AreHere)
            names.AddRange([.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]);

        return names;
    }

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    private static string RepositoryRoot([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
