using Portal.Catalog;
using Tenancy;

namespace Portal.Listings;

/// <summary>All that a listing says, as one value: what the provider edits, what a version keeps, what is compared and approved.</summary>
/// <remarks>Texts stand as they were typed, and are never markup. What is still empty is null or an empty list; <see cref="Completeness"/> says what must be there.</remarks>
public sealed record ListingDocument
{
    /// <summary>Codes of <see cref="Market.All"/>.</summary>
    public IReadOnlyList<string> Markets { get; init; } = [];

    /// <summary>Codes of <see cref="Taxonomy.Verticals"/>.</summary>
    public IReadOnlyList<string> Verticals { get; init; } = [];

    /// <summary>Codes of <see cref="Taxonomy.Functions"/>.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    public ModuleRole Role { get; init; } = ModuleRole.AnswersFirst;

    /// <summary>Language → what it says there.</summary>
    public IReadOnlyDictionary<string, Words> Texts { get; init; } = new Dictionary<string, Words>();

    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    /// <summary>In the order of the plan table.</summary>
    public IReadOnlyList<PlanOffer> Plans { get; init; } = [];

    public IReadOnlyList<Listing.Permission> Scopes { get; init; } = [];

    public string? WebhookUrl { get; init; }

    public string? SetUpUrl { get; init; }

    public string? PrivacyUrl { get; init; }

    public string? TermsUrl { get; init; }

    public string? SupportEmail { get; init; }

    /// <summary>Market → when somebody answers there.</summary>
    public IReadOnlyDictionary<string, string> SupportHours { get; init; } = new Dictionary<string, string>();

    /// <summary>What it says in a language; empty where nothing has been written yet.</summary>
    public Words In(string language) => Texts.GetValueOrDefault(language) ?? new Words();

    public sealed record Words
    {
        public string? Name { get; init; }

        public string? Tagline { get; init; }

        /// <summary>Paragraphs, parted by an empty line.</summary>
        public string? About { get; init; }

        public IReadOnlyList<ListingText.Benefit> Benefits { get; init; } = [];

        public IReadOnlyList<ListingText.ChatLine> Conversation { get; init; } = [];

        /// <summary>Scope → why it is needed.</summary>
        public IReadOnlyDictionary<string, string> Reasons { get; init; } = new Dictionary<string, string>();

        /// <summary>Plan code → its name and what it holds.</summary>
        public IReadOnlyDictionary<string, ListingText.PlanText> Plans { get; init; } = new Dictionary<string, ListingText.PlanText>();

        /// <summary>Words that people search it by, parted by commas.</summary>
        public string? Keywords { get; init; }

        /// <summary>What is new in this version; null: nothing worth telling.</summary>
        public string? News { get; init; }
    }

    /// <param name="Language">Of the words in it; empty for a picture without words.</param>
    /// <param name="Fingerprint">Names an uploaded picture of this listing: <see cref="ListingImage"/>.</param>
    /// <param name="AltText">For who cannot see it.</param>
    public sealed record Picture(PictureKind Kind, int Position, string Language, string Fingerprint, string AltText);

    /// <summary>A plan as it is offered. Numbers stand as they were typed: only whole ones are ever saved.</summary>
    /// <param name="Code">Its stable name in code and events.</param>
    /// <param name="Prices">Currency → whole dollars or yen; 0 is free.</param>
    /// <param name="TrialDays">Empty: none.</param>
    /// <param name="Messages">Messages a month; empty: as many as LINE allows.</param>
    public sealed record PlanOffer(string Code, BillingInterval Interval, IReadOnlyDictionary<string, string> Prices, string TrialDays, string Messages);
}
