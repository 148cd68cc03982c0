using System.Text.RegularExpressions;

namespace Marketplace.Tests.Architecture;

/// <summary>Reads which paths and types a document names: in `code`, and in its maps.</summary>
/// <remarks>
/// A map is a fenced block with lines of "path  what it is  Type, Type": the columns stand two blanks or more apart (one is enough after a folder's slash), and an indented path lies in the last one that is not.
/// </remarks>
internal static partial class Maps
{
    public static (IReadOnlyList<string> Paths, IReadOnlyList<string> Types) Read(string markdown)
    {
        var paths = new List<string>();
        var types = new List<string>();
        var isFenced = false;
        var folder = "";
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isFenced = !isFenced;
            else if (!isFenced)
                ReadText(line, paths, types);
            else if (MapLine().Match(line) is { Success: true } map)
                folder = ReadMap(map, folder, paths, types);
        }

        return (paths, types);
    }

    private static void ReadText(string line, List<string> paths, List<string> types)
    {
        foreach (var word in Code().Matches(line).Select(match => match.Groups["word"].Value))
        {
            if (OurPath().IsMatch(word))
                paths.Add(word.TrimEnd('/'));
            else if (TypeName().IsMatch(word))
                types.Add(word);
        }
    }

    private static string ReadMap(Match map, string folder, List<string> paths, List<string> types)
    {
        var path = map.Groups["path"].Value.TrimEnd('/');
        var isNested = map.Groups["indent"].Length > 0;
        if (!isNested)
            folder = path;

        paths.Add(isNested ? $"{folder}/{path}" : path);
        types.AddRange(map.Groups["types"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(type => type != "..."));
        return folder;
    }

    [GeneratedRegex(@"^(?<indent> *)(?<path>[\w.][\w./-]*)((?<=/) |  ) *(?<text>\S.*?)(  +(?<types>[A-Z]\w+(, ([A-Z]\w+|\.\.\.))*))?$")]
    private static partial Regex MapLine();

    [GeneratedRegex("`(?<word>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(src|tests|docs|infra|\.ci)(/[\w.-]+)*/?$")]
    private static partial Regex OurPath();

    [GeneratedRegex(@"^[A-Z][a-z]\w*[A-Z]\w*$")]
    private static partial Regex TypeName();
}
