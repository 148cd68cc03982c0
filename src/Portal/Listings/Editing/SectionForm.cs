using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Portal.Catalog;
using Portal.Frame.Language;
using Tenancy;

namespace Portal.Listings;

/// <summary>Takes what a form of the editor sent into a document. A section reads its own fields by name and no other: what else is sent changes nothing.</summary>
public static class SectionForm
{
    public const int BenefitsMax = 4;
    public const int ConversationMax = 14;
    public const int PlansMax = 5;
    private const int CodeChars = 8;

    /// <summary>Scopes that a listing may ask for.</summary>
    public static IReadOnlyList<string> ScopesKnown { get; } =
        [Scopes.MessageSend, Scopes.MessageReceive, Scopes.ProfileRead, Scopes.AccountManage, Scopes.MessageMarkAsRead, Scopes.MessageTemplatedPnp, Scopes.CouponManage];

    private static readonly FrozenSet<string> Speakers = FrozenSet.ToFrozenSet(["customer", "module", "staff"]);

    /// <param name="language">Whose words the section shows; sections without words ignore it.</param>
    /// <param name="fields">What was sent.</param>
    public static ListingDocument Apply(ListingDocument document, EditorSection section, string language, IReadOnlyDictionary<string, StringValues> fields)
    {
        ArgumentNullException.ThrowIfNull(document);
        var form = new Fields(fields);
        return section switch
        {
            EditorSection.Basics => Basics(document, form),
            EditorSection.Texts => WithWords(document, language, words => Texts(words, language, form)),
            EditorSection.Chat => WithWords(document, language, words => words with { Conversation = Conversation(language, form) }),
            EditorSection.Pictures => document with { Pictures = [.. document.Pictures.Select(picture => picture with { AltText = form.Text($"{PathOf(picture)}.alt") ?? "" })] },
            EditorSection.Plans => Plans(document, language, form),
            EditorSection.Permissions => Permissions(document, language, form),
            EditorSection.Addresses => Addresses(document, form),
            _ => throw new ArgumentOutOfRangeException(nameof(section), section, "No section of the editor."),
        };
    }

    public static string PathOf(ListingDocument.Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"pictures.{picture.Kind}.{(picture.Language.Length == 0 ? "all" : picture.Language)}.{picture.Position}");
    }

    private static ListingDocument Basics(ListingDocument document, Fields form) => document with
    {
        Markets = form.Codes("markets", [.. Market.All.Select(market => market.Code)]),
        Verticals = form.Codes("verticals", Taxonomy.Verticals),
        Functions = form.Codes("functions", Taxonomy.Functions),
        Role = Enum.TryParse<ModuleRole>(form.Text("role"), out var role) && Enum.IsDefined(role) ? role : document.Role,
    };

    private static ListingDocument.Words Texts(ListingDocument.Words words, string language, Fields form)
    {
        string? Text(string field) => form.Text(DocumentPaths.Words(language, field));
        return words with
        {
            Name = Text("name"), Tagline = Text("tagline"), About = Text("about"), Keywords = Text("keywords"), News = Text("news"),
            Benefits = [.. Enumerable.Range(0, BenefitsMax)
                .Select(i => new ListingText.Benefit(Text($"benefits.{i}.title") ?? "", Text($"benefits.{i}.text") ?? ""))
                .Where(benefit => benefit.Title.Length + benefit.Text.Length > 0)],
        };
    }

    private static IReadOnlyList<ListingText.ChatLine> Conversation(string language, Fields form) =>
        [.. Enumerable.Range(0, ConversationMax)
            .Select(i => DocumentPaths.Words(language, $"conversation.{i}"))
            .Where(path => form.Text(path) is not null)
            .Select(path => new ListingText.ChatLine(
                form.Text(path + ".from") is { } from && Speakers.Contains(from) ? from : "customer",
                form.Text(path)!,
                form.Text(path + ".choices") is { } choices ? [.. choices.Split(['|', '\n', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] : null))];

    private static ListingDocument Plans(ListingDocument document, string language, Fields form)
    {
        var plans = new List<ListingDocument.PlanOffer>();
        var texts = new Dictionary<string, ListingText.PlanText>();

        // The plans that are there, and the empty one below them, which gets a code of its own when something is typed in.
        foreach (var code in document.Plans.Select(plan => plan.Code).Append(NewPlan))
        {
            var name = form.Text(DocumentPaths.Words(language, $"plans.{code}.name"));
            var prices = Currencies.Select(currency => KeyValuePair.Create(currency, form.Text(DocumentPaths.Price(code, currency)) ?? "")).Where(price => price.Value.Length > 0).ToDictionary();
            if (form.Has($"plans.{code}.remove") || (code == NewPlan && (form.Has("plans.none") || (name is null && prices.Count == 0))))
                continue;

            var kept = code == NewPlan ? RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", CodeChars) : code;
            texts[kept] = new ListingText.PlanText(name ?? "", [.. (form.Text(DocumentPaths.Words(language, $"plans.{code}.holds")) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
            plans.Add(new ListingDocument.PlanOffer(
                kept, form.Text($"plans.{code}.interval") == nameof(BillingInterval.Year) ? BillingInterval.Year : BillingInterval.Month, prices,
                form.Text($"plans.{code}.trialDays") ?? "", form.Text($"plans.{code}.messages") ?? ""));
        }

        // Names of plans that are gone go with them, in every language.
        var codes = plans.Select(plan => plan.Code).ToHashSet();
        var others = document.Texts.ToDictionary(text => text.Key, text => text.Value with { Plans = text.Value.Plans.Where(plan => codes.Contains(plan.Key)).ToDictionary() });
        return WithWords(document with { Plans = plans, Texts = others }, language, words => words with { Plans = texts });
    }

    private static ListingDocument Permissions(ListingDocument document, string language, Fields form)
    {
        IReadOnlyList<Listing.Permission> asked = [.. ScopesKnown
            .Select(scope => (Scope: scope, Need: form.Text($"scopes.{scope}")))
            .Where(row => row.Need is "required" or "optional")
            .Select(row => new Listing.Permission(row.Scope, row.Need == "optional"))];
        var scopes = asked.Select(scope => scope.Scope).ToHashSet();
        var others = document.Texts.ToDictionary(text => text.Key, text => text.Value with { Reasons = text.Value.Reasons.Where(reason => scopes.Contains(reason.Key)).ToDictionary() });
        return WithWords(document with { Scopes = asked, Texts = others }, language, words => words with
        {
            Reasons = scopes.Select(scope => KeyValuePair.Create(scope, form.Text(DocumentPaths.Words(language, $"reasons.{scope}")) ?? "")).Where(reason => reason.Value.Length > 0).ToDictionary(),
        });
    }

    private static ListingDocument Addresses(ListingDocument document, Fields form) => document with
    {
        WebhookUrl = form.Text("webhookUrl"), SetUpUrl = form.Text("setUpUrl"), PrivacyUrl = form.Text("privacyUrl"), TermsUrl = form.Text("termsUrl"), SupportEmail = form.Text("supportEmail"),
        SupportHours = Market.All.Select(market => KeyValuePair.Create(market.Code, form.Text($"supportHours.{market.Code}") ?? "")).Where(hours => hours.Value.Length > 0).ToDictionary(),
    };

    private static ListingDocument WithWords(ListingDocument document, string language, Func<ListingDocument.Words, ListingDocument.Words> change)
    {
        if (!Languages.All.Contains(language))
            return document;

        var texts = document.Texts.ToDictionary();
        texts[language] = change(document.In(language));
        if (DocumentPaths.Flatten(new ListingDocument { Texts = new Dictionary<string, ListingDocument.Words> { [language] = texts[language] } }).Keys.All(path => !path.StartsWith("texts.", StringComparison.Ordinal)))
            texts.Remove(language); // Nothing stands in it any more.

        return document with { Texts = texts };
    }

    /// <summary>Stands in field names for the plan that is not there yet.</summary>
    public const string NewPlan = "new";

    public static IReadOnlyList<string> Currencies { get; } = [Currency.Twd.Code, Currency.Jpy.Code];

    /// <summary>Form fields, trimmed; empty is null. Line ends are one sign, so that a browser changes no text by sending it.</summary>
    private sealed class Fields(IReadOnlyDictionary<string, StringValues> sent)
    {
        public string? Text(string name) => sent.TryGetValue(name, out var value) && value.ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text.Replace("\0", "", StringComparison.Ordinal) : null;

        public bool Has(string name) => sent.ContainsKey(name);

        public IReadOnlyList<string> Codes(string name, IReadOnlyList<string> known) => sent.TryGetValue(name, out var values) ? [.. known.Where(code => values.Contains(code))] : [];
    }
}
