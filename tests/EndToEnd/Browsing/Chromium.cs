namespace EndToEnd.Browsing;

/// <summary>Where this machine keeps its Chromium.</summary>
internal static class Chromium
{
    // Debian's, Ubuntu's and Fedora's names; Playwright's own download is not used, so that a closed network can test too.
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>What a container needs (no sandbox of its own, little shared memory), and nothing that talks to the outside by itself.</summary>
    public static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <returns>The full path of the first one found on PATH.</returns>
    /// <exception cref="InvalidOperationException">There is none; the message says what to install.</exception>
    public static string Find() => Find([.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/bin"]);

    /// <param name="folders">Where to look, first to last.</param>
    public static string Find(IReadOnlyList<string> folders) =>
        folders.SelectMany(_ => Names, Path.Combine).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The browser tests need Chromium: run `apt-get install chromium fonts-noto-cjk fonts-noto-core`.");
}
