using System.Xml.Linq;
using Portal.Mail;

namespace Portal.Tests.Mail;

public sealed class MailLetterTests
{
    private static readonly MailKind Kind = MailKind.Of<MailLetterTexts>("Greeting");

    [Fact]
    public void Given_values_with_markup_and_line_breaks_When_a_mail_is_written_Then_they_are_text_in_it_and_no_header()
    {
        var letter = MailLetter.Write(Kind, "en", "https://market.test/x?a=1&b=2", ["<script>alert(1)</script>\r\nBcc: all@example.com"]);

        letter.Subject.ShouldBe("Hello <script>alert(1)</script>  Bcc: all@example.com");
        letter.Text.ShouldContain("Dear <script>alert(1)</script>  Bcc: all@example.com,\n");
        letter.Html.ShouldNotContain("<script>");
        letter.Html.ShouldContain("Dear &lt;script&gt;alert(1)&lt;/script&gt;");
        letter.Html.ShouldContain("href=\"https://market.test/x?a=1&amp;b=2\"");
        letter.Text.ShouldContain("Open it:\nhttps://market.test/x?a=1&b=2\n");
    }

    [Fact]
    public void Given_a_text_with_a_blank_line_When_written_as_HTML_Then_there_are_two_paragraphs_and_it_is_well_formed()
    {
        var html = MailLetter.Write(Kind, "en", null, ["Lin"]).Html;

        var body = XDocument.Parse(html.Replace("<!doctype html>", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)).Root!.Element("body")!;
        body.Element("div")!.Elements("p").Select(paragraph => paragraph.Value).ShouldBe(["Dear Lin,", "welcome."]);
    }

    [Theory]
    [InlineData("zh-TW", "請勿直接回覆")]
    [InlineData("ja", "返信できません")]
    [InlineData("th", "กรุณาอย่าตอบกลับ")]
    [InlineData("en", "Nobody reads answers")]
    public void Given_a_readers_language_When_a_mail_is_written_Then_it_is_in_that_language(string language, string words) =>
        MailLetter.Write(Kind, language, null, ["Lin"]).Text.ShouldContain(words);

    [Fact]
    public void Given_a_kind_without_words_When_a_mail_is_written_Then_it_throws() =>
        Should.Throw<InvalidOperationException>(() => MailLetter.Write(MailKind.Of<MailLetterTexts>("Nothing"), "en", null, []));
}
