namespace Portal.Identity;

/// <summary>Where to go back to, as a query or form says it: a path of ours or nothing.</summary>
public static class LocalPath
{
    /// <summary><paramref name="path"/> when it stays on this site, else <paramref name="otherwise"/>.</summary>
    /// <remarks>"//host" and "/\host" leave the site in every browser; control characters are dropped by some before they look.</remarks>
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : otherwise;
}
