using Sandbox.Store;

namespace Sandbox.Phone;

/// <summary>Reads a film, a recording or a file that the phone sends as a data URL. Films and recordings are known by their first bytes.</summary>
/// <remarks>A file is served as bytes of no type, whatever it says it is: it comes from this origin, and must not become a page of it.</remarks>
internal static class Media
{
    public const string FileType = "application/octet-stream";

    /// <param name="kind">video, audio or file.</param>
    /// <param name="owner">Whom it is sent to, a Bot ID.</param>
    /// <returns>Null: no base64 data URL, too large, or not of this kind.</returns>
    public static StoredContent? FromDataUrl(string kind, string owner, string dataUrl)
    {
        const string Marker = ";base64,";
        var start = dataUrl.StartsWith("data:", StringComparison.Ordinal) ? dataUrl.IndexOf(Marker, StringComparison.Ordinal) : -1;
        if (start < 0)
            return null;

        var encoded = dataUrl.AsSpan(start + Marker.Length);
        var bytes = new byte[encoded.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written) || written is 0 or > Picture.BytesMax)
            return null;

        bytes = bytes[..written];
        return kind switch
        {
            "video" => IsMp4(bytes) ? new StoredContent(owner, "video/mp4", bytes) : null,
            "audio" => IsMp4(bytes) ? new StoredContent(owner, "audio/mp4", bytes) : IsMp3(bytes) ? new StoredContent(owner, "audio/mpeg", bytes) : null,
            _ => new StoredContent(owner, FileType, bytes),
        };
    }

    private static bool IsMp4(ReadOnlySpan<byte> bytes) => bytes.Length > 8 && bytes[4..8].SequenceEqual("ftyp"u8);

    private static bool IsMp3(ReadOnlySpan<byte> bytes) => bytes.StartsWith("ID3"u8) || bytes is [0xff, >= 0xe0, ..];
}
