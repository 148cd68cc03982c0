using Marketplace.Hosting;

namespace Marketplace.Commands;

/// <summary>The options of a command line: "--name value", "--name=value", or "--name" alone for a switch.</summary>
internal sealed class Options
{
    private static readonly string[] Switches = ["--json", "--keep"];

    private readonly List<KeyValuePair<string, string>> _given = [];
    private readonly List<KeyValuePair<string, string?>> _settings = [];

    private Options()
    {
    }

    /// <summary>Settings of the rooms: options with a colon in the name.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings => _settings;

    /// <exception cref="RefusedException">An option that is not <paramref name="known"/>, lacks its value, or names no section of any room.</exception>
    public static Options Read(IEnumerable<string> args, IReadOnlyList<string> known)
    {
        var options = new Options();
        using var rest = args.GetEnumerator();
        while (rest.MoveNext())
        {
            var (name, value) = rest.Current.Split('=', 2) is [var left, var right] ? (left, right) : (rest.Current, null);
            var isSetting = name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal);
            if (!isSetting && !known.Contains(name))
                throw new RefusedException($"There is no option '{rest.Current}' here: {string.Join(", ", known)} are known (help says more).");

            if (Switches.Contains(name))
            {
                if (value is not null)
                    throw new RefusedException($"{name} takes no value; it is '{value}'.");
                value = "";
            }
            else
            {
                value ??= rest.MoveNext() ? rest.Current : null;
                if (string.IsNullOrEmpty(value))
                    throw new RefusedException($"{name} lacks its value.");
            }

            options.Add(name, value, isSetting);
        }

        return options;
    }

    public bool Has(string name) => _given.Any(option => option.Key == name);

    /// <summary>The last one given; null: none.</summary>
    public string? Text(string name) => _given.LastOrDefault(option => option.Key == name).Value;

    public IEnumerable<string> All(string name) => _given.Where(option => option.Key == name).Select(option => option.Value);

    private void Add(string name, string value, bool isSetting)
    {
        if (!isSetting)
        {
            _given.Add(new(name, value));
            return;
        }

        // A wrong key within a section is found by the room that reads the section; a wrong section is read by nobody.
        var section = RoomSettings.Section(name[2..]);
        var sections = Enum.GetValues<Room>().SelectMany(Rooms.SectionsOf).Distinct().Order(StringComparer.Ordinal).ToList();
        if (!sections.Contains(section, StringComparer.OrdinalIgnoreCase))
            throw new RefusedException($"'{section}' in {name} is no section of the configuration: {string.Join(", ", sections)} are.");

        _settings.Add(new(name[2..], value));
    }
}
