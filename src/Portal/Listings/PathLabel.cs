using Microsoft.Extensions.Localization;
using Portal.Frame.Language;

namespace Portal.Listings;

/// <summary>A path in a reader's words: <c>texts.ja.plans.abc.name</c> is "Name of a plan (日本語)".</summary>
internal static class PathLabel
{
    public static string Of(IStringLocalizer<ListingTexts> texts, string path)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var parts = path.Split('.');
        return parts switch
        {
            ["texts", var language, "benefits", var at, var field] => In(language, texts[$"Field.benefits.{field}", Number(at)]),
            ["texts", var language, "conversation", var at, ..] => In(language, texts["Chat.Line", Number(at)]),
            ["texts", var language, "reasons", .. var scope] => In(language, $"{texts["Field.reason"]} · {texts[$"Scope.{string.Join('.', scope)}"]}"),
            ["texts", var language, "plans", var plan, var field] => In(language, $"{texts[$"Field.plan.{field}"]} · {plan}"),
            ["texts", var language, var field] => In(language, texts[$"Field.{field}"]),
            ["pictures", var kind] => texts[$"Picture.{kind}"],
            ["pictures", var kind, "all", var at, "alt"] => texts["Field.alt", texts[$"Picture.{kind}"].Value, Number(at)],
            ["pictures", var kind, var language, var at, "alt"] => In(language, texts["Field.alt", texts[$"Picture.{kind}"].Value, Number(at)]),
            ["pictures", var kind, "all", _] => texts[$"Picture.{kind}"],
            ["pictures", var kind, var language, var at] => In(language, $"{texts[$"Picture.{kind}"]} {Number(at)}"),
            ["plans", var plan, "prices", var currency] => $"{texts[$"Field.price.{currency}"]} · {plan}",
            ["plans", var plan, var field] => $"{texts[$"Field.plan.{field}"]} · {plan}",
            ["scopes", .. var scope] when scope.Length > 0 => texts[$"Scope.{string.Join('.', scope)}"],
            ["supportHours", var market] => texts["Field.supportHours", texts[$"Market.{market}"].Value],
            _ => texts[$"Field.{path}"],
        };
    }

    private static string In(string language, string words) => Languages.All.Contains(language) ? $"{words} ({Languages.NameOf(language)})" : words;

    private static int Number(string place) => int.TryParse(place, out var number) ? number + 1 : 0;
}
