using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Portal.Frame.Language;
using Portal.Mail;

namespace Portal.Tests.Mail;

/// <summary>Each kind of mail that the portal writes, found by its texts.</summary>
public sealed partial class EveryMailTests
{
    private static readonly string[] Expected =
        ["Asked", "Certified", "Code", "Confirm", "Ending", "Invitation", "Lapsed", "ListingHidden", "ListingRetires", "Refused", "Reset"];

    [Fact]
    public void Given_the_features_texts_When_their_mails_are_counted_Then_they_are_those_that_are_tried_here() => Kinds().Select(kind => kind.Name).Order().ShouldBe(Expected);

    [Fact]
    public void Given_every_kind_of_mail_When_it_is_written_in_each_language_Then_it_is_whole_in_that_language_and_says_everything()
    {
        foreach (var kind in Kinds())
        {
            var english = Letter(kind, Languages.English);
            foreach (var language in Languages.All)
            {
                var letter = Letter(kind, language);
                var which = $"{kind.Name} in {language}";
                letter.Subject.ShouldNotBeNullOrWhiteSpace(which);
                Values(letter.Subject + letter.Text).ShouldBe(Values(english.Subject + english.Text), which);
                (letter.Subject + letter.Text + letter.Html).ShouldNotContain("{", Case.Sensitive, which);
                Should.NotThrow(() => XDocument.Parse(letter.Html.Replace("<!doctype html>", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal)), which);
                if (HasButton(kind))
                    letter.Text.ShouldContain("\nhttps://market.test/there\n", Case.Sensitive, which);
                if (language != Languages.English)
                {
                    letter.Subject.ShouldNotBe(english.Subject, which);
                    letter.Text.ShouldNotBe(english.Text, which);
                    Script(language).IsMatch(letter.Subject).ShouldBeTrue($"{which}: {letter.Subject}");
                    Script(language).IsMatch(letter.Text.Split("-- ")[0]).ShouldBeTrue(which);
                }
            }
        }
    }

    private static IEnumerable<MailKind> Kinds() =>
        from texts in typeof(MailKind).Assembly.GetTypes()
        where texts.Name.EndsWith("Texts", StringComparison.Ordinal) && texts.Assembly.GetManifestResourceInfo($"{texts.FullName}.resources") is not null
        from key in new ResourceManager(texts).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key)
        where key.StartsWith("Mail.", StringComparison.Ordinal) && key.EndsWith(".Subject", StringComparison.Ordinal)
        select new MailKind(texts, key.Split('.')[1]);

    private static MailLetter Letter(MailKind kind, string language) => MailLetter.Write(kind, language, HasButton(kind) ? "https://market.test/there" : null, ["value0", "value1", "value2", "value3"]);

    private static bool HasButton(MailKind kind) => new ResourceManager(kind.Texts).GetString($"Mail.{kind.Name}.Button", CultureInfo.InvariantCulture) is not null;

    private static IEnumerable<string> Values(string text) => Value().Matches(text).Select(match => match.Value).Distinct().Order();

    private static Regex Script(string language) => language == "th" ? Thai() : language == "ja" ? Kana() : Han();

    [GeneratedRegex("value[0-3]")]
    private static partial Regex Value();

    [GeneratedRegex(@"\p{IsThai}")]
    private static partial Regex Thai();

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}]")]
    private static partial Regex Kana();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
