using Line.Json;

namespace Line.Webhooks;

/// <summary>A value where it lies in a request's body: nothing is copied until text is asked for.</summary>
/// <remarks>For a string the bytes between the quotes, escapes as they came; for anything else the whole value.</remarks>
public readonly ref struct JsonSpan
{
    private readonly bool _hasEscapes;

    internal JsonSpan(int offset, ReadOnlySpan<byte> raw, bool hasEscapes)
    {
        Offset = offset;
        Raw = raw;
        _hasEscapes = hasEscapes;
        IsPresent = true;
    }

    /// <summary>False when the property is absent, or not of the kind that LINE publishes.</summary>
    public bool IsPresent { get; }

    /// <summary>Where <see cref="Raw"/> starts in the body.</summary>
    public int Offset { get; }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    /// <summary>Whether the string is exactly this ASCII text. Allocates only when the value bears escapes, which LINE's ids and types never do.</summary>
    public bool Is(ReadOnlySpan<byte> ascii) =>
        IsPresent && (_hasEscapes ? System.Text.Encoding.ASCII.GetString(ascii) == ToString() : Raw.SequenceEqual(ascii));

    /// <summary>The string's text, or the value's JSON; empty when absent.</summary>
    public override string ToString() => IsPresent ? LenientText.Decode(Raw, _hasEscapes) : "";
}
