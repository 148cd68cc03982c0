using Sandbox.Store;

namespace Sandbox.Phone;

/// <summary>Reads a picture that the phone sends as a data URL. Its type is read from its first bytes, never believed.</summary>
internal static class Picture
{
    /// <summary>LINE's own limit for an image message.</summary>
    public const int BytesMax = 10 * 1024 * 1024;

    /// <summary>The picture as it is kept for <paramref name="owner"/>, a Bot ID; null when it is no JPEG, PNG or GIF in base64, or too large.</summary>
    public static StoredContent? FromDataUrl(string owner, string dataUrl)
    {
        const string Marker = ";base64,";
        var start = dataUrl.StartsWith("data:image/", StringComparison.Ordinal) ? dataUrl.IndexOf(Marker, StringComparison.Ordinal) : -1;
        if (start < 0)
            return null;

        var encoded = dataUrl.AsSpan(start + Marker.Length);
        var bytes = new byte[encoded.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written) || written > BytesMax)
            return null;

        return TypeOf(bytes.AsSpan(0, written)) is { } type ? new StoredContent(owner, type, bytes[..written]) : null;
    }

    private static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "image/jpeg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]) ? "image/png"
        : bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8) ? "image/gif"
        : null;
}
