using System.Runtime.InteropServices;
using System.Text.Json;

namespace Line.Json;

/// <summary>Reads properties tolerantly: absent and of another kind than published are the same, null.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.String } value ? Text(value) : null;

    public static bool? Flag(this JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    public static long? Long(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    public static int? Int(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static double? Double(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    public static JsonElement? Object(this JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static JsonElement? Array(this JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.Array } value ? value : null;

    /// <summary>The array's elements; none when it is absent.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Array(name) is { } value ? value.EnumerateArray() : [];

    /// <summary>The strings among the array's elements.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(Text)];

    /// <summary>Milliseconds since 1970 UTC as an instant.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, string name) => element.Long(name) is { } ms ? ToInstant(ms) : null;

    /// <summary>An id or token of ours from its text; null when its shape is none.</summary>
    public static T? Id<T>(this JsonElement element, string name) where T : struct, IParsable<T> =>
        T.TryParse(element.Text(name), null, out var id) ? id : null;

    private static DateTimeOffset? ToInstant(long ms) =>
        ms >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string Text(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1]; // Without the quotes.
        return LenientText.Decode(raw, raw.Contains((byte)'\\'));
    }
}
