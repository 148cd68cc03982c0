using System.Buffers.Binary;
using System.Security.Cryptography;
using Portal.Catalog;

namespace Portal.Listings;

/// <summary>Looks at an uploaded file by its bytes, never by its name: a PNG, JPEG or WebP from its first byte to its last, of a size that fits its place.</summary>
/// <remarks>A file that goes on behind its picture is refused: what hides there is for another reader than ours.</remarks>
public static class PictureFile
{
    public const int BytesMax = 2 * 1024 * 1024;

    public enum Fault { NoPicture, TooBig, WrongShape }

    /// <param name="Fault">Null: it may be kept.</param>
    public sealed record Looked(Fault? Fault, string ContentType = "", int Width = 0, int Height = 0, string Fingerprint = "");

    public static Looked Look(PictureKind kind, ReadOnlySpan<byte> content)
    {
        if (content.Length > BytesMax)
            return new Looked(Fault.TooBig);
        if ((Png(content) ?? Jpeg(content) ?? WebP(content)) is not { } found)
            return new Looked(Fault.NoPicture);

        return Fits(kind, found.Width, found.Height)
            ? new Looked(null, found.Type, found.Width, found.Height, Convert.ToHexStringLower(SHA256.HashData(content))[..32])
            : new Looked(Fault.WrongShape);
    }

    /// <summary>What each place takes: an icon is square, a cover lies, a screenshot stands.</summary>
    private static bool Fits(PictureKind kind, int width, int height) => kind switch
    {
        PictureKind.Icon => width == height && width is >= 128 and <= 1024,
        PictureKind.Cover => width is >= 640 and <= 2560 && width * 10 >= height * 15 && width * 10 <= height * 20,
        _ => width is >= 300 and <= 1600 && height is >= 480 and <= 3200 && height > width,
    };

    private static (string Type, int Width, int Height)? Png(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return null;

        var (at, width, height) = (8, 0, 0);
        while (at + 12 <= content.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            if (length > content.Length - at - 12)
                return null;

            var chunk = content.Slice(at + 4, (int)length + 4);

            var isFirst = at == 8;
            at += 12 + (int)length;
            if (isFirst)
            {
                if (!chunk.StartsWith("IHDR"u8) || length != 13)
                    return null;
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[4..]), BinaryPrimitives.ReadInt32BigEndian(chunk[8..]));
            }

            if (chunk.StartsWith("IEND"u8))
                return at == content.Length ? ("image/png", width, height) : null;
        }

        return null;
    }

    private static (string Type, int Width, int Height)? Jpeg(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith<byte>([0xFF, 0xD8, 0xFF]) || !content.EndsWith<byte>([0xFF, 0xD9]))
            return null;

        var at = 2;
        while (at + 9 <= content.Length && content[at] == 0xFF)
        {
            var marker = content[at + 1];
            if (marker is 0xDA or 0xD9)
                return null; // The picture began, and nobody said how large it is.

            var length = BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return ("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..]));

            at += 2 + length;
        }

        return null;
    }

    private static (string Type, int Width, int Height)? WebP(ReadOnlySpan<byte> content)
    {
        if (content.Length < 30 || !content.StartsWith("RIFF"u8) || !content[8..].StartsWith("WEBP"u8) || BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) != content.Length - 8)
            return null;

        var chunk = content[12..];
        if (chunk.StartsWith("VP8 "u8) && chunk[11..].StartsWith<byte>([0x9D, 0x01, 0x2A]))
            return ("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF);
        if (chunk.StartsWith("VP8L"u8) && chunk[8] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]);
            return ("image/webp", (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return chunk.StartsWith("VP8X"u8) ? ("image/webp", Read24(chunk[12..]) + 1, Read24(chunk[15..]) + 1) : null;
    }

    private static int Read24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
