using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Line.Json;

namespace ModuleGateway.Linkages;

/// <summary>A word inside one of an event's objects: one that the gateway gave to LINE in a module's place, and that is the module's again in its copy.</summary>
/// <param name="Start">Its first byte, after the opening quote.</param>
/// <param name="Value">Without escapes.</param>
internal readonly record struct EventWord(int Start, int Length, string Value)
{
    /// <summary>The text <c>inner</c> of the top-level object <c>outer</c>; null when there is none.</summary>
    public static EventWord? Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> outer, ReadOnlySpan<byte> inner)
    {
        EventWord? found = null;
        var isInside = false;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.CurrentDepth == 1)
                isInside = reader.ValueTextEquals(outer);
            if (reader.CurrentDepth != 2 || !isInside || !reader.ValueTextEquals(inner) || !reader.Read() || reader.TokenType != JsonTokenType.String)
                continue;

            var raw = reader.ValueSpan;
            found = new EventWord((int)reader.TokenStartIndex + 1, raw.Length, LenientText.Decode(raw, reader.ValueIsEscaped)); // Where it stands twice, the last counts.
        }

        return found;
    }

    /// <summary>The event with another text in its place.</summary>
    public byte[] Replace(ReadOnlySpan<byte> json, string text)
    {
        var encoded = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return [.. json[..Start], .. encoded.EncodedUtf8Bytes, .. json[(Start + Length)..]];
    }
}
