using System.Globalization;
using Microsoft.Extensions.Localization;
using Tenancy;

namespace Portal.Frame.Language;

/// <summary>Who reads this page: their language, and money and dates as they write them.</summary>
public sealed class Reader(IStringLocalizer<FrameTexts> texts)
{
    /// <summary>One of <see cref="Languages.All"/>: what the reader asked for.</summary>
    public string Language => CultureInfo.CurrentUICulture.Name;

    /// <summary>What the frame's texts really are in: English where a translation is still missing.</summary>
    public string ShownLanguage => texts["Language.Tag"];

    /// <summary>The price list that a shop window shows first. What is charged follows from the billing country, never from the language.</summary>
    public Currency Currency => Language == Languages.Japanese ? Currency.Jpy : Currency.Twd;

    /// <summary><c>NT$800</c>, <c>¥3,500</c>.</summary>
    public static string Amount(Money money) => (money.Currency.Code == "TWD" ? "NT$" : "¥") + money.ToAmountText();

    /// <summary><c>NT$800 / 月（未稅）</c>; free when it is nothing.</summary>
    public string Price(Money money, BillingInterval interval) => money.IsZero
        ? texts["Price.Free"]
        : texts[interval == BillingInterval.Month ? "Price.PerMonth" : "Price.PerYear", Amount(money)];

    /// <summary>A day as the reader writes it: <c>2026年11月3日</c>, <c>3 November 2026</c>.</summary>
    public string Date(DateOnly day) => day.ToString(texts["Date.Format"], CultureInfo.CurrentCulture);
}
