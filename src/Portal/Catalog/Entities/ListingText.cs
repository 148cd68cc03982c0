namespace Portal.Catalog;

/// <summary>A listing in one language.</summary>
public sealed class ListingText
{
    public required ListingId ListingId { get; init; }

    /// <summary>A tag of <see cref="Frame.Language.Languages.All"/>.</summary>
    public required string Language { get; init; }

    /// <summary>1 to 40 characters.</summary>
    public required string Name { get; set; }

    /// <summary>What it does, in one line of up to 80 characters.</summary>
    public required string Tagline { get; set; }

    /// <summary>Paragraphs.</summary>
    public required IReadOnlyList<string> About { get; set; }

    /// <summary>What changes for the shop that uses it.</summary>
    public required IReadOnlyList<Benefit> Benefits { get; set; }

    /// <summary>A scripted chat that shows it at work.</summary>
    public required IReadOnlyList<ChatLine> Conversation { get; set; }

    /// <summary>Why it asks for each permission: scope → reason.</summary>
    public required IReadOnlyDictionary<string, string> Reasons { get; set; }

    /// <summary>Plan code → its name and what it holds.</summary>
    public required IReadOnlyDictionary<string, PlanText> Plans { get; set; }

    /// <summary>When somebody answers, in the provider's words.</summary>
    public required string SupportHours { get; set; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<Release> Releases { get; set; }

    /// <summary>Words that people search it by and that stand nowhere else in it.</summary>
    public required IReadOnlyList<string> Keywords { get; set; }

    public sealed record Benefit(string Title, string Text);

    /// <param name="From">customer, module or staff: a person of the shop who took over.</param>
    /// <param name="Choices">Quick replies under the bubble.</param>
    /// <param name="Card">A drawn card instead of a plain bubble: its rows.</param>
    public sealed record ChatLine(string From, string Text, IReadOnlyList<string>? Choices = null, IReadOnlyList<string>? Card = null);

    public sealed record PlanText(string Name, IReadOnlyList<string> Holds);

    public sealed record Release(string Version, DateOnly On, string Text);
}
