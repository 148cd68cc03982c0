using System.Text.RegularExpressions;
using Marketplace.Commands;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Tenancy;

namespace Marketplace.Hosting;

/// <summary>Says in one sentence why a room did not start, where a person can do something about it. Everything else is a bug and is thrown as it is.</summary>
internal static partial class StartFailure
{
    /// <param name="room">The room that did not start.</param>
    /// <param name="failure">What its start threw.</param>
    /// <param name="configuration">The room's, to name the key; null where it was not even built.</param>
    /// <returns>Null: nothing that this program has words for.</returns>
    public static RefusedException? Explain(Room room, Exception failure, IConfiguration? configuration, Addresses addresses)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (Sentence(room, cause, configuration) is { } sentence)
                return new RefusedException(sentence, failure);
            if (cause is AddressInUseException)
                return new PortTakenException(room, addresses.Of(room).Port, failure);
        }

        return null;
    }

    private static string? Sentence(Room room, Exception cause, IConfiguration? configuration) => cause switch
    {
        OptionsValidationException invalid => Of(room, [.. invalid.Failures]),
        DatabaseUnusableException unusable => unusable.Message,
        SqliteException broken => $"A database of the {Rooms.NameOf(room)} in the data folder cannot be used ({broken.Message.TrimEnd('.')}): put a good copy in its place, or start with another folder (--data).",
        InvalidOperationException unknown when UnknownProperties().Match(unknown.Message) is { Success: true } match =>
            $"{KeyOf(match.Groups["type"].Value, match.Groups["name"].Value, configuration)} is no configuration key of the {Rooms.NameOf(room)}: correct its name or remove it.",
        InvalidOperationException wrong when WrongValue().Match(wrong.Message) is { Success: true } match =>
            $"{match.Groups["key"].Value} cannot be '{match.Groups["value"].Value}': a value of type {match.Groups["type"].Value.Split('.')[^1]} is expected.",
        _ => null,
    };

    private static string Of(Room room, IReadOnlyList<string> failures)
    {
        // What data annotations find comes with the options class around it; a person wants the key.
        var first = Annotation().Match(failures[0]) is { Success: true } match
            ? $"{match.Groups["section"].Value}:{match.Groups["key"].Value} is wrong: {match.Groups["words"].Value}"
            : failures[0];
        return $"The configuration of the {Rooms.NameOf(room)} is refused: {first.TrimEnd('.')}{(failures.Count > 1 ? $" (and {failures.Count - 1} more)" : "")}.";
    }

    /// <summary>The binder names a class and a property; people write a section and a key. The section is the one in which such a key stands.</summary>
    private static string KeyOf(string type, string name, IConfiguration? configuration)
    {
        var section = type.Split('.')[^1].Replace("Options", "", StringComparison.Ordinal);
        var found = configuration?.AsEnumerable().Select(entry => entry.Key).Where(key => key.EndsWith($":{name}", StringComparison.OrdinalIgnoreCase)).ToList() ?? [];
        return found.FirstOrDefault(key => key.StartsWith(section, StringComparison.OrdinalIgnoreCase)) ?? found.FirstOrDefault() ?? $"{section}:{name}";
    }

    [GeneratedRegex(@"^DataAnnotation validation failed for '(?<section>\w+?)Options' members: '(?<key>[\w, ]+)' with the error: '(?<words>.*)'\.$", RegexOptions.Singleline)]
    private static partial Regex Annotation();

    // The two messages of Microsoft.Extensions.Configuration.Binder; a test starts a process with each, so that a new wording is noticed.
    [GeneratedRegex(@"ErrorOnUnknownConfiguration.*instance of (?<type>[\w.+]+): '(?<name>[^']+)'")]
    private static partial Regex UnknownProperties();

    [GeneratedRegex(@"Failed to convert configuration value(?: '(?<value>[^']*)')? at '(?<key>[^']+)' to type '(?<type>[^']+)'")]
    private static partial Regex WrongValue();
}
