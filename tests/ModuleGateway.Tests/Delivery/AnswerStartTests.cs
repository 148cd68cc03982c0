using System.Text;
using ModuleGateway.Delivery;

namespace ModuleGateway.Tests.Delivery;

public sealed class AnswerStartTests
{
    [Theory]
    [InlineData("OK", "OK")]
    [InlineData("{\"error\":\"no such user\"}", "{\"error\":\"no such user\"}")]
    [InlineData("bad\r\n\t\0\u001b[31mred", "bad.....[31mred")]
    [InlineData("ขอโทษ ごめんなさい", "ขอโทษ ごめんなさい")]
    [InlineData("a\u202etxt\u2028b\ufeff", "a.txt.b.")]
    public void Given_an_answer_When_it_is_kept_Then_only_what_can_be_seen_stands_in_it(string answer, string kept) =>
        AnswerStart.Of(Encoding.UTF8.GetBytes(answer)).ShouldBe(kept);

    [Fact]
    public void Given_bytes_that_are_no_text_When_they_are_kept_Then_each_stands_as_a_dot() => AnswerStart.Of([0x1f, 0x8b, 0x08, (byte)'a', 0xff, 0xc3]).ShouldBe("...a..");

    [Fact]
    public void Given_a_long_answer_When_it_is_kept_Then_it_ends_between_two_letters_within_256_bytes()
    {
        var kept = AnswerStart.Of(Encoding.UTF8.GetBytes(new string('あ', 1000))).ShouldNotBeNull(); // Three bytes each.
        kept.ShouldBe(new string('あ', 85));
        AnswerStart.Of(Encoding.UTF8.GetBytes(new string('x', 1000)))!.Length.ShouldBe(AnswerStart.BytesMax);
    }

    [Fact]
    public void Given_an_answer_without_a_body_When_it_is_kept_Then_nothing_is() => AnswerStart.Of([]).ShouldBeNull();
}
