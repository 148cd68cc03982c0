namespace EndToEnd.Browsing;

/// <summary>The folder that this solution lies in.</summary>
internal static class Repository
{
    /// <exception cref="InvalidOperationException">The tests were moved out of the repository.</exception>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Marketplace.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException($"No folder above {folder} holds Marketplace.sln.");
    }
}
