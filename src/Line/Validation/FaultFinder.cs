using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Line.Json;

namespace Line.Validation;

/// <summary>Walks a request as LINE would and collects all that is wrong, each with LINE's property path and words.</summary>
/// <remarks>Nothing is allocated for a good request but this. Source of words and limits: LINE's Messaging API reference.</remarks>
internal sealed class FaultFinder
{
    private readonly List<(string Name, int Index)> _path = [];
    private readonly List<LineErrorDetail> _faults = [];

    /// <summary>In the request's order.</summary>
    public IReadOnlyList<LineErrorDetail> Faults => _faults;

    public void Add(string property, string message) => _faults.Add(new LineErrorDetail(message, PathOf(property, -1)));

    /// <summary>A fault of one element.</summary>
    public void Add(string property, int index, string message) => _faults.Add(new LineErrorDetail(message, PathOf(property, index)));

    /// <summary>A text of 1 to <paramref name="max"/> characters that must be there.</summary>
    public void Text(string property, string? value, int max, Counting counting = Counting.Units)
    {
        if (value is null)
            Add(property, "must be specified");
        else if (value.Length == 0)
            Add(property, "May not be empty");
        else
            Length(property, value, max, counting);
    }

    /// <summary>A text of 0 to <paramref name="max"/> characters that may be missing.</summary>
    public void Length(string property, string? value, int max, Counting counting = Counting.Units)
    {
        if (value is null || value.Length <= max) // There are never more graphemes than units.
            return;

        if (counting == Counting.Units || new StringInfo(value).LengthInTextElements > max)
            Add(property, string.Create(CultureInfo.InvariantCulture, $"Length must be between 0 and {max}"));
    }

    public void Given(string property, object? value)
    {
        if (value is null)
            Add(property, "must be specified");
    }

    public void Matches(string property, string? value, Regex form)
    {
        if (value is not null && !form.IsMatch(value))
            Add(property, $"must match {form}");
    }

    public void Range(string property, long? value, long min, long max)
    {
        if (value < min || value > max)
            Add(property, string.Create(CultureInfo.InvariantCulture, $"Must be between {min} and {max}"));
    }

    /// <summary>A word of a set that LINE publishes.</summary>
    public void Word<T>(string property, T? value) where T : struct, IWord<T>
    {
        if (value is { } word && !T.Published.Contains(word.Value))
            Add(property, $"Must be one of the following values: [{string.Join(", ", T.Published)}]");
    }

    /// <summary>An absolute address of a scheme that LINE takes there.</summary>
    public void Address(string property, Uri? value, int max, bool isRequired, params ReadOnlySpan<string> schemes)
    {
        if (value is null)
        {
            if (isRequired)
                Add(property, "must be specified");

            return;
        }

        if (!value.IsAbsoluteUri || !schemes.Contains(value.Scheme))
            Add(property, "invalid uri");
        else
            Length(property, value.AbsoluteUri, max);
    }

    /// <summary>An https address, as pictures and films need.</summary>
    public void Https(string property, Uri? value, bool isRequired = true) => Address(property, value, 2000, isRequired, "https");

    public void Part(string property, IChecked? part, bool isRequired = true)
    {
        if (part is null)
        {
            if (isRequired)
                Add(property, "must be specified");

            return;
        }

        _path.Add((property, -1));
        part.Check(this);
        _path.RemoveAt(_path.Count - 1);
    }

    public void Parts<T>(string property, IReadOnlyList<T>? parts, int min, int max) where T : class, IChecked
    {
        if (!Size(property, parts, min, max))
            return;

        for (var i = 0; i < parts!.Count; i++)
        {
            if (parts[i] is not { } part)
            {
                Add(property, i, "must be specified");
                continue;
            }

            _path.Add((property, i));
            part.Check(this);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    public void Action(string property, LineAction? action, ActionPlace place, bool isRequired = true)
    {
        if (action is null)
        {
            if (isRequired)
                Add(property, "must be specified");

            return;
        }

        _path.Add((property, -1));
        action.Check(this, place);
        _path.RemoveAt(_path.Count - 1);
    }

    public void Actions(string property, IReadOnlyList<LineAction>? actions, int min, int max, ActionPlace place)
    {
        if (!Size(property, actions, min, max))
            return;

        for (var i = 0; i < actions!.Count; i++)
        {
            _path.Add((property, i));
            actions[i].Check(this, place);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    /// <summary>Whether there is a list to look into; its size is reported when it is wrong.</summary>
    public bool Size<T>(string property, IReadOnlyCollection<T>? list, int min, int max)
    {
        if (list is null)
        {
            if (min > 0)
                Add(property, "must be specified");

            return false;
        }

        if (list.Count < min || list.Count > max)
            Add(property, string.Create(CultureInfo.InvariantCulture, $"Size must be between {min} and {max}"));

        return true;
    }

    private string PathOf(string property, int index)
    {
        var path = new StringBuilder();
        foreach (var (name, at) in _path)
            Append(path, name, at);

        Append(path, property, index);
        return path.ToString();
    }

    private static void Append(StringBuilder path, string name, int index)
    {
        if (name.Length == 0) // The object itself.
            return;

        if (path.Length > 0)
            path.Append('.');

        path.Append(name);
        if (index >= 0)
            path.Append(CultureInfo.InvariantCulture, $"[{index}]");
    }
}
