using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Providers;

/// <summary>What a document is by its content, and whether it is whole and nothing but that. Its name and the browser's word count for nothing.</summary>
/// <remarks>Nothing in it is unpacked, so that nothing in it can swell. Sources: ISO 32000-1 (PDF), ITU T.81 (JPEG), W3C PNG.</remarks>
public static partial class DocumentCheck
{
    public const int BytesMax = 10 * 1024 * 1024;

    /// <summary>A certificate scanned at 600 dpi on A3 has 70 million pixels.</summary>
    private const long PixelsMax = 100_000_000;
    private const int SideMax = 30_000;

    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>Its type; null with the fault.</returns>
    public static (string? ContentType, DocumentFault? Fault) Look(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
            return (null, DocumentFault.Missing);
        if (content.Length > BytesMax)
            return (null, DocumentFault.TooLarge);
        if (content.StartsWith("%PDF-"u8))
            return Answer("application/pdf", Pdf(content));
        if (content.StartsWith(PngSignature))
            return Answer("image/png", Png(content) ?? Markup(content));
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return Answer("image/jpeg", Jpeg(content) ?? Markup(content));

        return (null, DocumentFault.WrongType);
    }

    private static (string?, DocumentFault?) Answer(string type, DocumentFault? fault) => fault is null ? (type, null) : (null, fault);

    private static DocumentFault? Pdf(ReadOnlySpan<byte> content)
    {
        var end = content.LastIndexOf("%%EOF"u8);
        if (end < 0 || !IsBlank(content[(end + 5)..]) || content.LastIndexOf("startxref"u8) < 0)
            return DocumentFault.Damaged;
        // An archive is read from its end: one that hangs on a PDF shows itself by its directory.
        if (content.IndexOf("PK\x05\x06"u8) >= 0)
            return DocumentFault.Damaged;

        // Names may be written with #xx for any letter: /J#61vaScript is /JavaScript.
        var text = HexInNames().Replace(Encoding.Latin1.GetString(content), match => ((char)Convert.ToByte(match.Groups[1].Value, 16)).ToString());
        return ActivePdf().IsMatch(text) ? DocumentFault.Active : null;
    }

    private static bool IsBlank(ReadOnlySpan<byte> rest) => rest.IndexOfAnyExcept("\r\n\t \0"u8) < 0;

    private static DocumentFault? Png(ReadOnlySpan<byte> content)
    {
        const int Overhead = 12; // Length, type and check sum of a chunk.
        var at = PngSignature.Length;
        for (var first = true; ; first = false)
        {
            if (content.Length - at < Overhead)
                return DocumentFault.Damaged;

            var length = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            var type = content.Slice(at + 4, 4);
            if (length > content.Length - at - Overhead || first != type.SequenceEqual("IHDR"u8))
                return DocumentFault.Damaged;
            if (first && Header(content.Slice(at + 8, (int)length)) is { } fault)
                return fault;

            at += Overhead + (int)length;
            if (type.SequenceEqual("IEND"u8))
                return at == content.Length ? null : DocumentFault.Damaged;
        }
    }

    private static DocumentFault? Header(ReadOnlySpan<byte> header) =>
        header.Length != 13 ? DocumentFault.Damaged : Size(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));

    private static DocumentFault? Jpeg(ReadOnlySpan<byte> content)
    {
        var sized = false;
        for (var at = 2; ;)
        {
            if (content.Length - at < 2 || content[at] != 0xFF)
                return DocumentFault.Damaged;

            var marker = content[at + 1];
            if (marker == 0xFF)
            {
                at++; // Fill bytes may stand before a marker.
                continue;
            }

            if (marker == 0xD9)
                return sized && at + 2 == content.Length ? null : DocumentFault.Damaged;
            if (content.Length - at < 4)
                return DocumentFault.Damaged;

            var length = BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
            if (length < 2 || length > content.Length - at - 2)
                return DocumentFault.Damaged;
            // The frame's header, C0 to CF but for the three that are tables.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (length < 8)
                    return DocumentFault.Damaged;
                if (Size(BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..])) is { } fault)
                    return fault;
                sized = true;
            }

            at += 2 + length;
            if (marker == 0xDA)
                at = AfterScan(content, at);
        }
    }

    /// <summary>Behind the picture's data: within it FF is followed by 00 or by a restart marker.</summary>
    private static int AfterScan(ReadOnlySpan<byte> content, int at)
    {
        for (; at < content.Length - 1; at++)
        {
            if (content[at] == 0xFF && content[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))
                return at;
        }

        return content.Length;
    }

    private static DocumentFault? Size(uint width, uint height) =>
        width == 0 || height == 0 ? DocumentFault.Damaged
        : width > SideMax || height > SideMax || (long)width * height > PixelsMax ? DocumentFault.HugePicture
        : null;

    /// <summary>A picture that is also a page: its comments hold markup or a program.</summary>
    private static DocumentFault? Markup(ReadOnlySpan<byte> content) =>
        PageOrProgram().IsMatch(Encoding.Latin1.GetString(content)) || content.IndexOf("PK\x05\x06"u8) >= 0 ? DocumentFault.Damaged : null;

    [GeneratedRegex("#([0-9A-Fa-f]{2})")]
    private static partial Regex HexInNames();

    [GeneratedRegex(@"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|Encrypt|SubmitForm|ImportData|GoToE|GoToR)(?![A-Za-z0-9])")]
    private static partial Regex ActivePdf();

    [GeneratedRegex(@"<(script|html|svg|iframe|!doctype|\?php)", RegexOptions.IgnoreCase)]
    private static partial Regex PageOrProgram();
}
