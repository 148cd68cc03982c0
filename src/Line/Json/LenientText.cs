using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Line.Json;

/// <summary>Turns the inside of a JSON string into text and never throws: half of a surrogate pair becomes U+FFFD.</summary>
/// <remarks>
/// The platform's own reader throws on such a half. People can type one, and an event must not be lost for it.
/// The input is what a JSON reader has already accepted as a string, in valid UTF-8.
/// </remarks>
public static class LenientText
{
    /// <summary>The text.</summary>
    /// <param name="raw">The bytes between the quotes, as they came.</param>
    /// <param name="hasEscapes">Whether there is a backslash among them.</param>
    public static string Decode(ReadOnlySpan<byte> raw, bool hasEscapes)
    {
        if (!hasEscapes)
            return Encoding.UTF8.GetString(raw);

        var text = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            var slash = raw.IndexOf((byte)'\\');
            if (slash < 0)
                slash = raw.Length;

            text.Append(Encoding.UTF8.GetString(raw[..slash]));
            raw = raw[slash..];
            if (raw.IsEmpty)
                break;

            raw = raw[AppendEscape(raw, text)..];
        }

        return WithoutHalves(text.ToString());
    }

    /// <summary>Whether the text would be the same for every JSON reader: no half of a surrogate pair in it.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> raw) => !Decode(raw, hasEscapes: true).Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>Appends what the escape at the start of <paramref name="raw"/> stands for; returns its length in bytes.</summary>
    private static int AppendEscape(ReadOnlySpan<byte> raw, StringBuilder text)
    {
        if (raw[1] == (byte)'u')
        {
            var parsed = Utf8Parser.TryParse(raw.Slice(2, 4), out ushort unit, out _, 'x');
            text.Append(parsed ? (char)unit : '\uFFFD');
            return 6;
        }

        text.Append(raw[1] switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            var itself => (char)itself,
        });
        return 2;
    }

    private static string WithoutHalves(string text)
    {
        if (!HasHalf(text))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // Yields U+FFFD for a half.
            clean.Append(CultureInfo.InvariantCulture, $"{rune}");

        return clean.ToString();
    }

    private static bool HasHalf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;

            i++;
        }

        return false;
    }
}
