using System.Globalization;
using System.Text.Json;

namespace Line.Tests.Published;

/// <summary>All values that a caller can reach through public properties, as LINE writes them; raw JSON does not count.</summary>
internal static class PublicValues
{
    public static HashSet<string> Of(object? value)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Walk(value);
        return found;

        void Walk(object? part)
        {
            switch (part)
            {
                case null:
                    return;
                case DateTimeOffset time:
                    found.Add(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
                    found.Add(time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                    found.Add(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
                    return;
                case DateOnly date:
                    found.Add(date.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
                    found.Add(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    return;
                case TimeSpan span:
                    found.Add(((long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture));
                    found.Add(((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
                    return;
                case Stream or JsonElement:
                    return;
                case System.Collections.IEnumerable list and not string:
                    foreach (var item in list)
                        Walk(item);

                    return;
                case string or IFormattable or Uri:
                    found.Add(string.Create(CultureInfo.InvariantCulture, $"{part}"));
                    return;
                case not null when part.GetType() is { IsValueType: true, Namespace: "Line" }:
                    found.Add(part.ToString()!); // An id.
                    return;
                default:
                    foreach (var property in part.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                        Walk(property.GetValue(part));

                    return;
            }
        }
    }
}
