using System.Text;

namespace Line.Tests;

public sealed class LineSignatureTests
{
    // The vector of LINE's guide "Verify webhook signature".
    private const string Secret = "8c570fa6dd201bb328f1c1eac23a96d8";
    private const string Signature = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=";
    private static readonly byte[] Body = "{\"destination\":\"U8e742f61d673b39c7fff3cecb7536ef0\",\"events\":[]}"u8.ToArray();

    [Fact]
    public void Given_the_vector_of_LINEs_guide_When_signed_Then_the_signature_is_LINEs()
    {
        new LineSignature(Secret).Create(Body).ShouldBe(Signature);
        new LineSignature(Secret).IsValid(Body, Signature).ShouldBeTrue();
    }

    [Fact]
    public void Given_a_good_signature_When_any_bit_of_the_body_changes_Then_it_is_refused()
    {
        var signature = new LineSignature(Secret);
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var changed = Body.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            signature.IsValid(changed, Signature).ShouldBeFalse($"bit {bit}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs")]
    [InlineData("GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs==")]
    [InlineData("!hRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Given_something_else_than_the_signature_When_checked_Then_it_is_refused(string signature) =>
        new LineSignature(Secret).IsValid(Body, signature).ShouldBeFalse();

    [Fact]
    public void Given_a_checked_signature_When_checked_again_Then_nothing_is_allocated()
    {
        var signature = new LineSignature(Secret);
        signature.IsValid(Body, Signature);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            signature.IsValid(Body, Signature);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Given_another_secret_When_checked_Then_it_is_refused() =>
        new LineSignature(Encoding.UTF8.GetString("another"u8)).IsValid(Body, Signature).ShouldBeFalse();
}
