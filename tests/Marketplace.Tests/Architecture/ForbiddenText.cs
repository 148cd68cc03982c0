using System.Text.RegularExpressions;

namespace Marketplace.Tests.Architecture;

/// <summary>A way of writing that is wrong here wherever it stands, found by its text.</summary>
/// <param name="Pattern">What it looks like in a line of code.</param>
/// <param name="Folders">Where it is looked for.</param>
/// <param name="Instead">What to do instead.</param>
/// <param name="Sample">A line that breaks the rule, to show that it can be broken.</param>
internal sealed record ForbiddenText(Regex Pattern, string[] Folders, string Instead, string Sample)
{
    private static readonly string[] Everywhere = ["src", "tests"];

    public static IReadOnlyList<ForbiddenText> Rules { get; } =
    [
        new(new(@"\bDateTime(Offset)?\.(Utc)?Now\b"), Everywhere, "Inject TimeProvider.", "var at = DateTimeOffset.UtcNow;"),
        new(new(@"\bThread\.Sleep\("), Everywhere, "Wait on the event itself.", "Thread.Sleep(100);"),
        new(new(@"\bTask\.Delay\("), ["tests"], "Wait on the event itself, with a limit.", "await Task.Delay(100);"),
        new(new(@"(\)|\b[a-z]\w*)\.Result\b(?!\()"), Everywhere, "Await it.", "return ReadAsync().Result;"),
        new(new(@"\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)"), Everywhere, "Await it.", "saving.Wait();"),
        new(new(@"\basync void\b"), Everywhere, "Return a Task.", "private async void OnClick()"),
        new(new(@"\b(TODO|FIXME|HACK|XXX)\b(?!.*#\d)"), Everywhere, "Do it, or name its issue.", "// TODO: the other half"),
        new(new(@"\bNotImplementedException\b"), Everywhere, "Implement it.", "throw new NotImplementedException();"),
        new(new(@"^\s*#region\b"), Everywhere, "Make two files.", "#region Helpers"),
        new(new(@"#pragma warning disable \S+\s*$"), Everywhere, "Say why, on the same line.", "#pragma warning disable CA1308"),
        new(new(@"\bcatch\s*(\(Exception\))?\s*\{\s*\}"), Everywhere, "Catch what you can name and act on.", "catch (Exception) { }"),
    ];

    /// <summary>Whether a line of code breaks the rule. What a comment tells readers of the documentation is not code.</summary>
    public bool Finds(string line) => !line.TrimStart().StartsWith("///", StringComparison.Ordinal) && Pattern.IsMatch(line);
}
