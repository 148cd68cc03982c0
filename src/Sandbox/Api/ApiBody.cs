using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;

namespace Sandbox.Api;

/// <summary>Reads a call's JSON body within LINE's limit.</summary>
internal static class ApiBody
{
    /// <summary>LINE's limit: 2 MB.</summary>
    public const int BytesMax = 2 * 1024 * 1024;

    /// <summary>The body, or the refusal. A call with no body at all has an undefined one.</summary>
    public static async Task<(LineAnswer? Refusal, JsonElement Body)> ReadAsync(HttpRequest request, ApiRow row, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method) || row.ReadsBody)
            return (null, default);

        var bytes = await ReadUpToAsync(request.Body, BytesMax + 1, cancellationToken);
        if (bytes.Length > BytesMax)
            return (LineErrors.TooLarge, default);
        if (bytes.Length == 0)
            return (null, default);

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
            return (LineErrors.ContentType(request.ContentType), default);

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && Utf8.IsValid(bytes) ? (null, WithoutNulls(document.RootElement)) : (LineErrors.NotJson(1, 1), default);
        }
        catch (InvalidOperationException)
        {
            return (LineErrors.NotJson(1, 1), default); // A stranger's text: half a character, escaped, is none.
        }
        catch (JsonException fault)
        {
            return (LineErrors.NotJson(fault.LineNumber + 1 ?? 1, fault.BytePositionInLine + 1 ?? 1), default);
        }
    }

    /// <summary>The same without the properties that are null: LINE reads them as left out.</summary>
    /// <exception cref="InvalidOperationException">A string in it is no text.</exception>
    private static JsonElement WithoutNulls(JsonElement body)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written))
            Write(writer, body);
        var reader = new Utf8JsonReader(written.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;

            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;

            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>The body, or its first <paramref name="max"/> bytes.</summary>
    public static async Task<byte[]> ReadUpToAsync(Stream stream, int max, CancellationToken cancellationToken)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while (read.Length < max && (count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, max - read.Length)), cancellationToken)) > 0)
            read.Write(buffer, 0, count);
        return read.ToArray();
    }
}
