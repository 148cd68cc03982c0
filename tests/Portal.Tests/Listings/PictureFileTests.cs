using System.Text;
using Portal.Catalog;
using Portal.Listings;

namespace Portal.Tests.Listings;

/// <summary>What a partner uploads is judged by its bytes.</summary>
public sealed class PictureFileTests
{
    [Fact]
    public void Given_a_complete_picture_of_the_right_size_When_it_is_looked_at_Then_it_is_taken()
    {
        var looked = PictureFile.Look(PictureKind.Icon, Seller.Png(256, 256, 1));
        looked.Fault.ShouldBeNull();
        (looked.ContentType, looked.Width, looked.Height).ShouldBe(("image/png", 256, 256));
        PictureFile.Look(PictureKind.Cover, Jpeg(1280, 720)).ShouldBe(new PictureFile.Looked(null, "image/jpeg", 1280, 720, PictureFile.Look(PictureKind.Cover, Jpeg(1280, 720)).Fingerprint));
        PictureFile.Look(PictureKind.Screenshot, WebP(390, 844)).ContentType.ShouldBe("image/webp");
    }

    public static TheoryData<string, PictureFile.Fault> Hostile() => new()
    {
        { "nothing", PictureFile.Fault.NoPicture }, { "svg", PictureFile.Fault.NoPicture }, { "html", PictureFile.Fault.NoPicture }, { "gif", PictureFile.Fault.NoPicture }, { "antivirus test file", PictureFile.Fault.NoPicture },
        { "zip behind a png", PictureFile.Fault.NoPicture }, { "page behind a png", PictureFile.Fault.NoPicture }, { "cut png", PictureFile.Fault.NoPicture }, { "png that says it is endless", PictureFile.Fault.NoPicture },
        { "cut jpeg", PictureFile.Fault.NoPicture }, { "webp of another length", PictureFile.Fault.NoPicture }, { "11 MB", PictureFile.Fault.TooBig },
        { "lying icon", PictureFile.Fault.WrongShape }, { "bomb", PictureFile.Fault.WrongShape }, { "tiny", PictureFile.Fault.WrongShape }, { "negative", PictureFile.Fault.WrongShape },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void Given_a_file_that_is_no_fitting_picture_When_it_is_looked_at_Then_it_is_refused(string what, PictureFile.Fault fault) => PictureFile.Look(PictureKind.Icon, File(what)).Fault.ShouldBe(fault);

    internal static byte[] File(string what) => what switch
    {
        "nothing" => [],
        "svg" => Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
        "html" => "<!doctype html><script>alert(1)</script>"u8.ToArray(),
        "gif" => [.. "GIF89a"u8, 0, 1, 0, 1],
        "antivirus test file" => Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
        "zip behind a png" => [.. Seller.Png(256, 256, 1), .. "PK\u0003\u0004"u8],
        "page behind a png" => [.. Seller.Png(256, 256, 1), .. "<script>alert(1)</script>"u8],
        "cut png" => Seller.Png(256, 256, 1)[..^4],
        "png that says it is endless" => [.. Seller.Png(256, 256, 1)[..8], 0xFF, 0xFF, 0xFF, 0xFF, .. "IHDR"u8, 0, 0, 0, 0],
        "cut jpeg" => Jpeg(256, 256)[..^1],
        "webp of another length" => [.. WebP(256, 256), 0],
        "11 MB" => new byte[11 * 1024 * 1024],
        "lying icon" => Seller.Png(512, 256, 1),
        "bomb" => Seller.Png(60000, 60000, 1),
        "tiny" => Seller.Png(1, 1, 1),
        "negative" => Seller.Png(-5, -5, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static byte[] Jpeg(int width, int height) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0, 0xFF, 0xD9];

    private static byte[] WebP(int width, int height) =>
        [.. "RIFF"u8, 26, 0, 0, 0, .. "WEBPVP8 "u8, 10, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0, 0, 0];
}
