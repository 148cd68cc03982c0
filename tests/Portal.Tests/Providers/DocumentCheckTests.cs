using System.Buffers.Binary;
using System.Text;
using Portal.Providers;

namespace Portal.Tests.Providers;

/// <summary>Documents by their content: whole ones of three kinds, and what only looks like them.</summary>
public sealed class DocumentCheckTests
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 100, 0, 100, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xFF, 0, 3, 0xFF, 0xD9];

    [Fact]
    public void Given_a_whole_document_When_it_is_looked_at_Then_its_type_is_known_by_its_content()
    {
        DocumentCheck.Look(ProviderStage.Pdf()).ContentType.ShouldBe("application/pdf");
        DocumentCheck.Look(Png(100, 100)).ContentType.ShouldBe("image/png");
        DocumentCheck.Look(Jpeg).ContentType.ShouldBe("image/jpeg");
    }

    [Fact]
    public void Given_something_that_hangs_on_a_document_When_it_is_looked_at_Then_it_is_refused()
    {
        byte[] archive = [.. "PK\x03\x04"u8, .. new byte[30], .. "PK\x05\x06"u8, .. new byte[18]];
        foreach (var whole in new[] { ProviderStage.Pdf(), Png(100, 100), Jpeg })
        {
            DocumentCheck.Look([.. whole, .. archive]).Fault.ShouldBe(DocumentFault.Damaged);
            DocumentCheck.Look([.. archive, .. whole]).Fault.ShouldBe(DocumentFault.WrongType);
            DocumentCheck.Look(whole.AsSpan(0, whole.Length - 8)).Fault.ShouldBe(DocumentFault.Damaged);
        }
    }

    [Theory]
    [InlineData("/JavaScript")]
    [InlineData("/JS (app.alert(1))")]
    [InlineData("/J#53 (app.alert(1))")]
    [InlineData("/Launch")]
    [InlineData("/EmbeddedFile")]
    [InlineData("/Encrypt 5 0 R")]
    public void Given_a_PDF_that_does_something_When_it_is_looked_at_Then_it_is_refused(string inside) => DocumentCheck.Look(ProviderStage.Pdf(inside)).Fault.ShouldBe(DocumentFault.Active);

    [Fact]
    public void Given_a_picture_of_more_pixels_than_any_scan_When_it_is_looked_at_Then_it_is_refused_unopened() => DocumentCheck.Look(Png(29_000, 29_000)).Fault.ShouldBe(DocumentFault.HugePicture);

    [Fact]
    public void Given_a_picture_with_a_page_in_its_comment_When_it_is_looked_at_Then_it_is_refused() =>
        DocumentCheck.Look(Png(10, 10, "<ScRipt>alert(1)</script>")).Fault.ShouldBe(DocumentFault.Damaged);

    [Theory]
    [InlineData("<svg/>")]
    [InlineData("GIF89a")]
    [InlineData("PK\u0003\u0004")]
    [InlineData(" %PDF-1.7")]
    public void Given_another_kind_of_file_When_it_is_looked_at_Then_it_is_refused(string content) => DocumentCheck.Look(Encoding.Latin1.GetBytes(content)).Fault.ShouldBe(DocumentFault.WrongType);

    [Fact]
    public void Given_bytes_cut_anywhere_When_they_are_looked_at_Then_none_of_them_is_taken()
    {
        foreach (var whole in new[] { Png(100, 100), Jpeg })
        {
            for (var length = 0; length < whole.Length; length++)
                DocumentCheck.Look(whole.AsSpan(0, length)).ContentType.ShouldBeNull($"{length} of {whole.Length}");
        }
    }

    private static byte[] Png(uint width, uint height, string comment = "")
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("tEXt", Encoding.ASCII.GetBytes(comment)), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
    }
}
