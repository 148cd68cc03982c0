using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>Stores a short list of words, such as scopes, as a JSON array in one column. Order is kept.</summary>
public sealed class TextListConverter() : ValueConverter<IReadOnlyList<string>, string>(list => Write(list), json => Read(json))
{
    private static string Write(IReadOnlyList<string> list) => JsonSerializer.Serialize(list);

    private static string[] Read(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}
