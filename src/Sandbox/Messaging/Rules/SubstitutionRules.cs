using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sandbox.Messaging.Rules;

/// <summary>The rules for text with places to fill in: <c>{key}</c> stands for a mention or an emoji, <c>{{</c> and <c>}}</c> for the braces themselves. Source: reference, "Text message (v2)".</summary>
/// <remarks>The words of the faults in places are ours.</remarks>
internal static partial class SubstitutionRules
{
    public static void Check(BodyCheck check, JsonElement message, string path)
    {
        TextRules.Quote(check, message, path);
        var text = check.Text(message, path, "text", Limits.Text);
        var substitution = check.Object(message, path, "substitution", isRequired: false);
        var kinds = substitution is { } given ? Kinds(check, given, $"{path}.substitution") : [];
        if (text is null)
            return;

        if (Places(text) is not { } places)
        {
            check.Add($"{path}.text", "braces must be paired; write {{ and }} for the braces themselves");
            return;
        }

        foreach (var place in places.Where(place => !kinds.ContainsKey(place)).Distinct())
            check.Add($"{path}.substitution", $"'{place}' must be specified");
        AtMost(check, path, places.Count(place => kinds.GetValueOrDefault(place) == "mention"), Limits.Mentions);
        AtMost(check, path, places.Count(place => kinds.GetValueOrDefault(place) == "emoji"), Limits.Emojis);
    }

    private static Dictionary<string, string?> Kinds(BodyCheck check, JsonElement substitution, string path)
    {
        var kinds = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var entry in substitution.EnumerateObject())
        {
            var at = $"{path}['{entry.Name}']";
            if (!Key().IsMatch(entry.Name))
                check.Add(at, "invalid property");
            else if (entry.Value.ValueKind != JsonValueKind.Object)
                check.WrongType(at);
            else
                kinds[entry.Name] = Kind(check, entry.Value, at);
        }

        if (kinds.Count > Limits.Substitutions)
            check.Add(path, $"Size must be between 0 and {Limits.Substitutions}");
        return kinds;
    }

    private static string? Kind(BodyCheck check, JsonElement value, string path)
    {
        var kind = check.OneOf(value, path, "type", ["mention", "emoji"]);
        if (kind == "emoji")
        {
            check.Text(value, path, "productId", 100);
            check.Text(value, path, "emojiId", 100);
        }
        else if (kind == "mention" && check.Object(value, path, "mentionee") is { } mentionee && check.OneOf(mentionee, $"{path}.mentionee", "type", ["user", "all"]) == "user")
        {
            check.Text(mentionee, $"{path}.mentionee", "userId", 128);
        }

        return kind;
    }

    /// <summary>The keys in the text, in order; null when a brace has no partner.</summary>
    private static List<string>? Places(string text)
    {
        var rest = text.Replace("{{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal);
        var places = Place().Matches(rest).Select(match => match.Groups[1].Value).ToList();
        return Place().Replace(rest, "").AsSpan().ContainsAny('{', '}') ? null : places;
    }

    private static void AtMost(BodyCheck check, string path, int count, int max)
    {
        if (count > max)
            check.Add($"{path}.text", $"Size must be between 0 and {max}");
    }

    [GeneratedRegex(@"\A[0-9a-zA-Z_]{1,20}\z")] // LINE: at most 20 characters.
    private static partial Regex Key();

    [GeneratedRegex(@"\{([0-9a-zA-Z_]{1,20})\}")]
    private static partial Regex Place();
}
