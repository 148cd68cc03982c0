using System.Net.Mail;
using FluentValidation;
using FluentValidation.Results;
using Tenancy;

namespace Portal.Listings;

/// <summary>What may stand in a listing, empty or not. Each fault bears the path of its field and the code of its sentence.</summary>
public sealed class DocumentValidator : AbstractValidator<ListingDocument>
{
    private const int UrlMax = 2000;
    private const int PriceDigitsMax = 7;
    private const int TrialDaysMax = 90;

    public DocumentValidator() => RuleFor(document => document).Custom((document, context) =>
    {
        foreach (var fault in Faults(document))
            context.AddFailure(fault);
    });

    private static IEnumerable<ValidationFailure> Faults(ListingDocument document) =>
        [.. document.Texts.SelectMany(text => WordFaults(text.Key, text.Value)), .. document.Plans.SelectMany(PlanFaults), .. AddressFaults(document)];

    private static IEnumerable<ValidationFailure> WordFaults(string language, ListingDocument.Words words)
    {
        string Path(string field) => DocumentPaths.Words(language, field);
        IEnumerable<ValidationFailure?> all =
        [
            TooLong(Path("name"), words.Name, 40), HasLines(Path("name"), words.Name), TooLong(Path("tagline"), words.Tagline, 80), HasLines(Path("tagline"), words.Tagline),
            TooLong(Path("about"), words.About, 4000), TooLong(Path("keywords"), words.Keywords, 300), TooLong(Path("news"), words.News, 500),
            .. words.Benefits.SelectMany((benefit, i) => new[] { TooLong(Path($"benefits.{i}.title"), benefit.Title, 60), TooLong(Path($"benefits.{i}.text"), benefit.Text, 300) }),
            .. words.Conversation.Select((line, i) => TooLong(Path($"conversation.{i}"), line.Text, 300)),
            .. words.Conversation.Select((line, i) => line.Choices is { } choices && (choices.Count > 4 || choices.Any(choice => choice.Length > 20)) ? Fault(Path($"conversation.{i}.choices"), "choices", 4) : null),
            .. words.Reasons.Select(reason => TooLong(Path($"reasons.{reason.Key}"), reason.Value, 200)),
            .. words.Plans.SelectMany(plan => new[] { TooLong(Path($"plans.{plan.Key}.name"), plan.Value.Name, 30), plan.Value.Holds.Count > 8 || plan.Value.Holds.Any(held => held.Length > 80) ? Fault(Path($"plans.{plan.Key}.holds"), "holds", 8) : null }),
        ];
        return all.OfType<ValidationFailure>();
    }

    private static IEnumerable<ValidationFailure> PlanFaults(ListingDocument.PlanOffer plan)
    {
        foreach (var (currency, price) in plan.Prices)
        {
            if (!IsWhole(price, PriceDigitsMax))
                yield return Fault(DocumentPaths.Price(plan.Code, currency), "whole");
        }

        if (plan.TrialDays.Length > 0 && (!IsWhole(plan.TrialDays, 2) || int.Parse(plan.TrialDays, System.Globalization.CultureInfo.InvariantCulture) > TrialDaysMax))
            yield return Fault($"plans.{plan.Code}.trialDays", "days", TrialDaysMax);
        if (plan.Messages.Length > 0 && (!IsWhole(plan.Messages, 8) || plan.Messages == "0"))
            yield return Fault($"plans.{plan.Code}.messages", "whole");
        if (plan.Prices.Count > 0 && plan.Prices.Values.Distinct().Count() > 1 && plan.Prices.Values.Contains("0"))
            yield return Fault(DocumentPaths.Price(plan.Code, plan.Prices.First(price => price.Value == "0").Key), "freeEverywhere");
    }

    private static IEnumerable<ValidationFailure> AddressFaults(ListingDocument document)
    {
        foreach (var (path, url) in new[] { ("webhookUrl", document.WebhookUrl), ("setUpUrl", document.SetUpUrl), ("privacyUrl", document.PrivacyUrl), ("termsUrl", document.TermsUrl) })
        {
            if (url is not null && !IsOrdinary(url))
                yield return Fault(path, "https");
        }

        if (document.SupportEmail is { } email && (email.Length > 254 || email.Contains('\n', StringComparison.Ordinal) || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email))
            yield return Fault("supportEmail", "email");
        foreach (var (market, hours) in document.SupportHours)
        {
            if (TooLong($"supportHours.{market}", hours, 200) is { } fault)
                yield return fault;
        }
    }

    /// <summary>Without name or password in it. Plain http is for the own machine; where the host really is, the gateway looks when it calls.</summary>
    private static bool IsOrdinary(string url) =>
        url.Length <= UrlMax && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Host.Length > 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static bool IsWhole(string text, int digitsMax) => text.Length >= 1 && text.Length <= digitsMax && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');

    private static ValidationFailure? TooLong(string path, string? text, int max) => text?.Length > max ? Fault(path, "long", max) : null;

    private static ValidationFailure? HasLines(string path, string? text) => text?.Contains('\n', StringComparison.Ordinal) == true ? Fault(path, "oneLine") : null;

    private static ValidationFailure Fault(string path, string code, int limit = 0) => new(path, code) { ErrorCode = code, CustomState = limit };
}
