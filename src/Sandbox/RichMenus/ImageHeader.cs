using System.Buffers.Binary;

namespace Sandbox.RichMenus;

/// <summary>Type and size of a picture, read from its first bytes.</summary>
/// <param name="Type">image/jpeg or image/png.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
internal sealed record ImageHeader(string Type, int Width, int Height)
{
    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Null: neither a PNG nor a JPEG, or broken off before its size.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(PngStart) ? Png(bytes)
        : bytes is [0xff, 0xd8, 0xff, ..] ? Jpeg(bytes)
        : null;

    // Signature (8), length (4), "IHDR" (4), width (4), height (4). Source: PNG specification, 11.2.1.
    private static ImageHeader? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes[12..16].SequenceEqual("IHDR"u8)
            ? new ImageHeader("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    // Segments: 0xff, marker, length (2, itself included). A start-of-frame holds precision (1), height (2), width (2). Source: ITU T.81, B.2.2.
    private static ImageHeader? Jpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 9 <= bytes.Length && bytes[at] == 0xff)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return new ImageHeader("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));

            at += marker == 0xff ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]); // 0xff 0xff: a fill byte.
        }

        return null;
    }
}
