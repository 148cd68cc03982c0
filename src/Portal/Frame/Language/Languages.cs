namespace Portal.Frame.Language;

/// <summary>The languages of the house, as BCP 47 tags.</summary>
public static class Languages
{
    public const string TraditionalChinese = "zh-TW";
    public const string English = "en";
    public const string Japanese = "ja";
    public const string Thai = "th";

    /// <summary>For a reader who asks for none of ours: the market opens in Taiwan.</summary>
    public const string Default = TraditionalChinese;

    public static IReadOnlyList<string> All { get; } = [TraditionalChinese, English, Japanese, Thai];

    /// <summary>Each language's name in itself.</summary>
    public static string NameOf(string language) => language switch
    {
        TraditionalChinese => "繁體中文",
        English => "English",
        Japanese => "日本語",
        Thai => "ไทย",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "No language of ours."),
    };

    /// <summary>Ours for a tag from outside (<c>zh-Hant-HK</c>, <c>EN-gb</c>), or null.</summary>
    public static string? Match(string? tag) => tag?.Split('-', '_')[0].ToUpperInvariant() switch
    {
        "ZH" => TraditionalChinese,
        "EN" => English,
        "JA" => Japanese,
        "TH" => Thai,
        _ => null,
    };

    /// <summary>Which of the languages at hand a reader gets: their own, else English, else whatever comes first.</summary>
    /// <returns>Null when there is none at all.</returns>
    public static string? Choose(string wanted, IReadOnlyCollection<string> atHand) =>
        atHand.Contains(wanted) ? wanted
        : atHand.Contains(English) ? English
        : All.FirstOrDefault(atHand.Contains);
}
