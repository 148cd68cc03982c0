namespace Sandbox.Tests.Api;

/// <summary>A test on LINE's published API descriptions; a clone without them beside it skips it, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublishedCallsFactAttribute : FactAttribute
{
    internal static readonly string? Folder = FindFolder();

    public PublishedCallsFactAttribute()
    {
        if (Folder is null)
            Skip = "LINE's API descriptions do not lie beside this clone, in shared/reference/line-openapi.";
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "reference", "line-openapi");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
