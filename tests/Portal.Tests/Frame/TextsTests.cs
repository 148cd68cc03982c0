using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Portal.Tests.Frame;

/// <summary>Reads the sources: a missing text is no error at run time, it only looks bad.</summary>
public sealed partial class TextsTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Portal"));

    public static TheoryData<string> Resources() =>
        [.. Directory.EnumerateFiles(Source, "*Texts.resx", SearchOption.AllDirectories).Where(IsSource).Select(file => Path.GetRelativePath(Source, file))];

    [Theory, MemberData(nameof(Resources))]
    public void Given_a_text_in_English_When_another_of_our_languages_is_looked_up_Then_it_is_there_with_the_same_gaps_to_fill(string resource)
    {
        var english = Read(resource);
        foreach (var other in new[] { ".zh-TW.resx", ".ja.resx", ".th.resx" }.Select(end => resource.Replace(".resx", end, StringComparison.Ordinal)))
        {
            var texts = Read(other);
            texts.Keys.Order().ShouldBe(english.Keys.Order(), other);
            foreach (var (key, text) in english)
                Gaps(texts[key]).ShouldBe(Gaps(text), $"{other}: {key}");
        }
    }

    [Theory, MemberData(nameof(Resources))]
    public void Given_two_texts_When_their_names_differ_only_in_case_Then_they_are_refused_for_the_build_drops_one(string resource) =>
        Read(resource).Keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).Where(names => names.Count() > 1).Select(names => names.Key).ShouldBeEmpty();

    [Theory]
    [InlineData("Catalog", "T", "Catalog/CatalogTexts.resx")]
    [InlineData("Console", "T", "Console/ConsoleTexts.resx")]
    [InlineData("Purchasing", "T", "Purchasing/PurchasingTexts.resx")]
    [InlineData("Development", "T", "Development/DevelopmentTexts.resx")]
    [InlineData("Operations", "T", "Operations/OperationsTexts.resx")]
    [InlineData(".", "F", "Frame/Language/FrameTexts.resx")]
    public void Given_a_key_that_a_page_uses_When_looked_up_Then_there_is_a_text(string folder, string localizer, string resource)
    {
        var known = Read(resource).Keys;
        var used = Directory.EnumerateFiles(Path.Combine(Source, folder), "*.razor", SearchOption.AllDirectories).Where(IsSource)
            .SelectMany(file => Keys().Matches(File.ReadAllText(file)))
            .Where(match => match.Groups[1].Value == localizer)
            .Select(match => match.Groups[2].Value).Distinct().ToList();
        used.ShouldNotBeEmpty();
        used.Where(key => !known.Contains(key)).ShouldBeEmpty();
    }

    private static Dictionary<string, string> Read(string resource) =>
        XDocument.Load(Path.Combine(Source, resource)).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Gaps(string text) => Placeholders().Matches(text).Select(match => match.Value).Distinct().Order();

    private static bool IsSource(string file) => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"\b([TF])\[""([A-Za-z0-9.:_-]+)""")]
    private static partial Regex Keys();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Placeholders();
}
