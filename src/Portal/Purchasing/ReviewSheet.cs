using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;
using Portal.Frame.Language;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>Everything that the buyer agrees to, in their words. The page shows it, and the order keeps what was shown.</summary>
/// <param name="Version">Of the wording: grows when a sentence changes its meaning.</param>
/// <param name="Language">Of the sentences, as a BCP 47 tag.</param>
public sealed record ReviewSheet(int Version, string Language, IReadOnlyList<ReviewSheet.Line> Lines, IReadOnlyList<ReviewSheet.Grant> Grants)
{
    private const int CurrentVersion = 1;

    // People read this in the database too: Chinese stays Chinese.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public sealed record Line(string Label, string Text);

    /// <param name="Scope">LINE's name of the permission.</param>
    /// <param name="Text">What it lets the module do, in plain words.</param>
    public sealed record Grant(string Scope, string Text, bool IsOptional);

    public static ReviewSheet Of(Offer offer, Order order, Reader reader, IStringLocalizer<PurchasingTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(texts);
        var amount = Reader.Amount(offer.Price.Amount);
        return new(
            CurrentVersion,
            reader.ShownLanguage,
            [
                Said("Module", texts["Review.Module.Text", offer.Name, offer.ProviderName]),
                Said("Account", order.BasicId is { Length: > 0 } basicId ? $"{order.AccountName} {basicId}" : order.AccountName ?? ""),
                Said("Plan", offer.PlanName),
                Said("Total", texts[offer.Price.Interval == BillingInterval.Month ? "Review.Total.Month" : "Review.Total.Year", amount]),
                Said("Card", texts["Review.Card.Text"]),
                Said("Starts", texts["Review.Starts.Text"]),
                Said("Ends", texts["Review.Ends.Text"]),
                Said("Messages", texts["Review.Messages.Text"]),
            ],
            [.. offer.Scopes.Select(scope => new Grant(scope, PermissionWords.Of(scope, texts), !offer.RequiredScopes.Contains(scope)))]);

        Line Said(string key, string text) => new(texts[$"Review.{key}"], text);
    }

    /// <summary>As the order keeps it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
