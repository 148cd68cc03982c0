using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Audit;

/// <summary>Says of a document or a key that it is this one and no other, and nothing else of it.</summary>
/// <remarks>SHA-256 of the content, of which the first 128 bits are kept. Not for numbers that can be guessed, such as a bank account's: give those a salt of their row.</remarks>
[JsonConverter(typeof(AsText))]
public readonly record struct Fingerprint
{
    private const string Prefix = "sha256:";
    private const int Chars = 32;
    private readonly string? _text;

    private Fingerprint(string text) => _text = text;

    public static Fingerprint Of(ReadOnlySpan<byte> content) => new(Prefix + Convert.ToHexStringLower(SHA256.HashData(content))[..Chars]);

    /// <param name="sha256">Of the content, in lower-case hexadecimal digits: what a row keeps whose content is not at hand.</param>
    public static Fingerprint OfHash(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return new(Prefix + sha256[..Chars]);
    }

    /// <param name="salt">Random and kept with the value's row, so that the few possible values cannot be tried.</param>
    public static Fingerprint Of(string text, ReadOnlySpan<byte> salt) => Of([.. salt, .. Encoding.UTF8.GetBytes(text)]);

    public override string ToString() => _text ?? throw new InvalidOperationException("default(Fingerprint) is of nothing.");

    internal static bool IsOne(string? text) => text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length == Prefix.Length + Chars;

    private sealed class AsText : JsonConverter<Fingerprint>
    {
        public override Fingerprint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text && IsOne(text) ? new(text) : throw new JsonException("Not a fingerprint.");

        public override void Write(Utf8JsonWriter writer, Fingerprint value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
