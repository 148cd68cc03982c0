using System.Globalization;
using System.Text;
using Line;
using ModuleGateway.Linkages;

namespace ModuleGateway.Tests.Linkages;

public sealed class IdTextTests
{
    private static readonly BotId Bot = BotId.Parse("U0123456789abcdef0123456789abcdef", null);

    [Fact]
    public void Given_any_byte_at_any_place_of_32_digits_When_they_are_read_Then_only_0_to_9_and_a_to_f_are_digits_and_each_counts_where_it_stands()
    {
        var random = new Random(20_261_122);
        for (var at = 0; at < 32; at++)
        {
            for (var character = 0; character < 256; character++)
            {
                var digits = Encoding.ASCII.GetBytes(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()).ToString("x32", CultureInfo.InvariantCulture));
                digits[at] = (byte)character;
                var isDigit = "0123456789abcdef".Contains((char)character);
                IdText.TryReadBits(digits, out var bits).ShouldBe(isDigit, $"byte {character} at {at}");
                if (isDigit)
                    bits.ShouldBe(UInt128.Parse(Encoding.ASCII.GetString(digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }

        IdText.TryReadBits("0123456789abcdef0123456789abcde"u8, out _).ShouldBeFalse();
        IdText.TryReadBits("0123456789abcdef0123456789abcdef0"u8, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("LU00112233445566778899aabbccddeeff-U0123456789abcdef0123456789abcdef", true)]
    [InlineData("LU00112233445566778899aabbccddeeff-U0123456789abcdef0123456789abcdee", false)]
    [InlineData("LU00112233445566778899aabbccddeeff-C0123456789abcdef0123456789abcdef", false)]
    [InlineData("LC00112233445566778899aabbccddeeff-U0123456789abcdef0123456789abcdef", false)]
    [InlineData("LU00112233445566778899aabbccddeeff_U0123456789abcdef0123456789abcdef", false)]
    [InlineData("LU00112233445566778899aabbccddeefF-U0123456789abcdef0123456789abcdef", false)]
    [InlineData("C00112233445566778899aabbccddeeff", true)]
    [InlineData("R00112233445566778899aabbccddeeff", true)]
    [InlineData("U00112233445566778899aabbccddeeff", false)]
    [InlineData("", false)]
    public void Given_a_text_that_a_module_wrote_When_it_is_read_Then_only_an_id_of_this_bots_shape_is_one(string text, bool isId)
    {
        IdText.TryReadFromModule(Encoding.ASCII.GetBytes(text), Bot, out _, out var bits).ShouldBe(isId);
        if (isId)
            bits.ToString("x32", CultureInfo.InvariantCulture).ShouldBe("00112233445566778899aabbccddeeff");
    }
}
