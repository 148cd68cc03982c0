using System.Text.RegularExpressions;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Phone;

/// <summary>What the phone says, in each of its languages.</summary>
public sealed partial class TextsTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Theory]
    [InlineData("zh-TW")]
    [InlineData("ja")]
    [InlineData("th")]
    public async Task Given_a_text_of_the_phone_When_it_is_read_in_this_language_Then_it_is_there_with_the_same_places_to_fill(string language)
    {
        var (english, theirs) = (await TextsAsync("en"), await TextsAsync(language));
        english.Count.ShouldBeGreaterThan(200);
        theirs.Keys.ShouldBe(english.Keys, ignoreOrder: true);
        foreach (var (key, text) in english)
            PlacesIn(theirs[key]).ShouldBe(PlacesIn(text), key);
    }

    private static IEnumerable<string> PlacesIn(string text) => Place().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    private async Task<Dictionary<string, string>> TextsAsync(string language) =>
        Entry().Matches(await host.Http.GetStringAsync($"/phone/scripts/texts/{language}.js")).ToDictionary(match => match.Groups["key"].Value.Trim('\''), match => match.Groups["text"].Value);

    [GeneratedRegex("""^  (?<key>'[^']*'|\w+): ?\s*(?<quote>['"])(?<text>.*)\k<quote>,$""", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
