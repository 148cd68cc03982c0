using System.Text.Json;
using System.Text.Json.Serialization;

namespace Line.Json;

/// <summary>Reads each object as its kind and keeps those of unknown kinds whole, so that they go out as they came in.</summary>
internal sealed class KindConverter<T> : JsonConverter<T> where T : class, IKind<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind != JsonValueKind.Object)
            throw new JsonException($"A JSON object is expected for {typeof(T).Name}, not {json.ValueKind}.");

        return T.InfoOf(json.Text("type")) is { } info ? (T)json.Deserialize(info)! : T.Keep(json);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (value.Raw is { } raw)
            raw.WriteTo(writer);
        else // By our own metadata, whatever options the caller serializes the rest with.
            JsonSerializer.Serialize(writer, value, LineJson.Default.GetTypeInfo(value.GetType())!);
    }
}
