using Portal.Frame.Language;

namespace Portal.Catalog;

/// <summary>A company's name as a reader can read it.</summary>
internal static class ProviderNames
{
    /// <summary>Its own writing for readers of Han, the Latin one for everybody else.</summary>
    public static string For(string language, string name, string latinName) =>
        language is Languages.TraditionalChinese or Languages.Japanese && !name.Any(letter => letter is >= '\u0E00' and <= '\u0E7F') ? name : latinName;
}
