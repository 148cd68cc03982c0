using System.Text.RegularExpressions;

namespace ModuleGateway.Tests.Published;

/// <summary>A line of the list of places that hold ids.</summary>
internal sealed record IdField(string File, string Holds, string Place)
{
    public string Key => $"{File} {Place}";

    /// <summary>Whether a module sees an id of its own here.</summary>
    public bool IsMapped => Holds is "user" or "group" or "room" or "chat";
}

/// <summary>The checked-in list, and what makes a place look as if it belonged there.</summary>
internal static partial class IdFields
{
    public static IReadOnlyList<IdField> All { get; } =
    [
        .. from line in Lines("IdFields.txt")
           let parts = Columns().Split(line)
           select new IdField(parts[0], parts[1], parts[2]),
    ];

    /// <summary>The calls that bear ids and are served: what is not there is not served yet.</summary>
    public static IReadOnlySet<string> Served { get; } = Lines("ServedCalls.txt").ToHashSet();

    /// <summary>The calls that LINE describes and the facade does not serve.</summary>
    public static IReadOnlySet<string> NotServed { get; } = Lines("NotServed.txt").ToHashSet();

    public static bool LooksLikeId(Place place)
    {
        var name = place.Path.Split('.')[^1].Replace("[]", "", StringComparison.Ordinal).Replace("{}", "", StringComparison.Ordinal);
        return IdNames().IsMatch(name) || IdWords().IsMatch(place.Text);
    }

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Published", file)).Select(line => Note().Replace(line, "").Trim()).Where(line => line.Length > 0);

    [GeneratedRegex("^(to|destination|botId|bot_id|members?|mentionee|recipient|source|.*[uU]serIds?|.*[gG]roupIds?|.*[rR]oomIds?|.*[cC]hatIds?|.*[mM]emberIds?)$")]
    private static partial Regex IdNames();

    [GeneratedRegex(@"\b(user|group|room|chat|bot|member)( chat)?('s)?( user)? IDs?\b|LINE IDs?", RegexOptions.IgnoreCase)]
    private static partial Regex IdWords();

    [GeneratedRegex(@"(?<=^\S+)\s+|(?<=^\S+\s+\S+)\s+")]
    private static partial Regex Columns();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Note();
}
