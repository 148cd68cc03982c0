using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ModuleGateway.Tests.Published;

/// <summary>Reads YAML as LINE's published descriptions are written: blocks, quoted and folded text, flow lists of one line. Every scalar is a string.</summary>
internal sealed partial class Yaml
{
    private readonly List<string> _lines;
    private int _at;

    private Yaml(string text) => _lines = [.. text.ReplaceLineEndings("\n").Split('\n')];

    public static JsonNode Parse(string text)
    {
        var yaml = new Yaml(text);
        var node = yaml.Node(yaml.NextIndent()) ?? throw new FormatException("There is nothing in it.");
        return yaml.NextIndent() < 0 ? node : throw new FormatException($"Line {yaml._at + 1} was not understood: {yaml._lines[yaml._at]}");
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;

    /// <summary>Skips what says nothing; the next line's indent, or -1 at the end.</summary>
    private int NextIndent()
    {
        while (_at < _lines.Count && (string.IsNullOrWhiteSpace(_lines[_at]) || _lines[_at].TrimStart().StartsWith('#') || _lines[_at] == "---"))
            _at++;
        return _at < _lines.Count ? IndentOf(_lines[_at]) : -1;
    }

    private bool IsItem() => _lines[_at].TrimStart() is "-" or ['-', ' ', ..];

    private JsonNode? Node(int indent) => IsItem() ? Sequence(indent) : Mapping(indent);

    private JsonArray Sequence(int indent)
    {
        var items = new JsonArray();
        while (NextIndent() == indent && IsItem())
        {
            var rest = _lines[_at].TrimStart()[1..];
            var inner = indent + 1 + IndentOf(rest);
            rest = rest.TrimStart();
            if (rest.Length == 0)
            {
                _at++;
                items.Add(NextIndent() > indent ? Node(NextIndent()) : null);
            }
            else if (KeyAndValue().IsMatch(rest))
            {
                _lines[_at] = new string(' ', inner) + rest; // Its first property stands behind the dash, the others below it.
                items.Add(Mapping(inner));
            }
            else
            {
                items.Add(Value(rest, indent));
            }
        }

        return items;
    }

    private JsonObject Mapping(int indent)
    {
        var fields = new JsonObject();
        while (NextIndent() == indent && !IsItem())
        {
            var match = KeyAndValue().Match(_lines[_at].TrimStart());
            if (!match.Success)
                throw new FormatException($"Line {_at + 1} is no property: {_lines[_at]}");

            var name = match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["plain"].Value;
            fields[name] = Value(match.Groups["value"].Value.Trim(), indent);
        }

        return fields;
    }

    /// <summary>What stands behind a name or a dash, or below it.</summary>
    private JsonNode? Value(string rest, int indent)
    {
        _at++;
        if (rest.Length == 0)
        {
            var next = NextIndent();
            if (next < indent || (next == indent && !IsItem()))
                return null;
            if (IsItem() || KeyAndValue().IsMatch(_lines[_at].TrimStart()))
                return Node(next);

            rest = _lines[_at].TrimStart(); // Text that begins below its name.
            _at++;
        }

        return rest[0] switch
        {
            '|' or '>' => JsonValue.Create(Block(indent)),
            '"' or '\'' => JsonValue.Create(Quoted(rest)),
            '[' => new JsonArray([.. rest.Trim('[', ']', ' ').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => (JsonNode)item.Trim('"', '\''))]),
            '{' => new JsonObject(),
            _ => JsonValue.Create(Plain(rest, indent)),
        };
    }

    private string Block(int indent)
    {
        var text = new StringBuilder();
        while (_at < _lines.Count && (string.IsNullOrWhiteSpace(_lines[_at]) || IndentOf(_lines[_at]) > indent))
            text.Append(_lines[_at++].Trim()).Append('\n');
        return text.ToString().Trim();
    }

    private string Quoted(string rest)
    {
        var quote = rest[0];
        while (rest.Length == 1 || rest.TrimEnd()[^1] != quote || rest.TrimEnd().EndsWith("\\\"", StringComparison.Ordinal))
            rest += " " + _lines[_at++].Trim();
        return rest.TrimEnd()[1..^1];
    }

    private string Plain(string rest, int indent)
    {
        var text = new StringBuilder(Comment().Replace(rest, ""));
        while (_at < _lines.Count && !string.IsNullOrWhiteSpace(_lines[_at]) && IndentOf(_lines[_at]) > indent)
            text.Append(' ').Append(_lines[_at++].Trim());
        return text.ToString();
    }

    [GeneratedRegex("""^(?:["'](?<quoted>[^"']*)["']|(?<plain>[^"'\s\[{#][^\s:]*(?: [^\s:]+)*))\s*:(?:\s+(?<value>.*))?$""")]
    private static partial Regex KeyAndValue();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Comment();
}
