using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Phone;

/// <summary>What a datetime picker adds to a postback: exactly one of date, time and datetime. Source: reference, "Postback event".</summary>
internal static partial class PostbackParams
{
    public static bool IsPicked(JsonObject parameters)
    {
        if (parameters is not { Count: 1 })
            return false;

        var (name, value) = parameters.First();
        if (value is not JsonValue || !value.AsValue().TryGetValue<string>(out var text))
            return false;

        return name switch
        {
            "date" => Date().IsMatch(text),
            "time" => Time().IsMatch(text),
            "datetime" => DateTime().IsMatch(text),
            _ => false,
        };
    }

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}\z")]
    private static partial Regex Date();

    [GeneratedRegex(@"\A\d{2}:\d{2}\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\z")]
    private static partial Regex DateTime();
}
