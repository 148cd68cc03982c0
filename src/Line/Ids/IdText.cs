using System.Buffers;

namespace Line;

/// <summary>What may stand in an id or token of LINE's: bounded, and never a character that could end a path segment, a header or a line.</summary>
internal static class IdText
{
    private static readonly SearchValues<char> IdChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>LINE publishes one shape of user id, but sends others to module channels: letters, digits and hyphens, 128 at most, are taken as they are.</summary>
    public static bool IsId(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 128 && !text.ContainsAnyExcept(IdChars);

    /// <summary>Opaque tokens: visible ASCII without the space.</summary>
    public static bool IsToken(ReadOnlySpan<char> text, int charsMax) =>
        text.Length >= 1 && text.Length <= charsMax && !text.ContainsAnyExceptInRange('!', '~');
}
