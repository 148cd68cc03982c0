using System.Text.RegularExpressions;

namespace Portal.Listings;

/// <summary>What a change of a listing that is live leads to.</summary>
public enum Consequence
{
    /// <summary>Live as soon as it is submitted.</summary>
    AtOnce,

    /// <summary>A person of ours looks first.</summary>
    Review,

    /// <summary>At once on a host that was reviewed before; a new host is looked at first.</summary>
    ReviewIfHostIsNew,

    /// <summary>What is taken away, or no longer insisted on, is at once; everything else is looked at first.</summary>
    ReviewIfMore,
}

/// <summary>What goes to review and what does not: the whole table. The first row that fits a path decides; what fits none is reviewed.</summary>
/// <remarks>A text goes to review even for a typo: nobody can tell a typo from a promise without reading it. Numbers and places that a reviewer could not judge do not.</remarks>
public static class ReviewRules
{
    private static readonly (string Pattern, Consequence Consequence)[] Table =
    [
        // Where buyers are sent and where their events go: the host is what was trusted, the path on it is the provider's own house.
        ("webhookUrl", Consequence.ReviewIfHostIsNew),
        ("setUpUrl", Consequence.ReviewIfHostIsNew),
        ("privacyUrl", Consequence.ReviewIfHostIsNew),
        ("termsUrl", Consequence.ReviewIfHostIsNew),
        ("supportEmail", Consequence.ReviewIfHostIsNew),
        ("supportHours.*", Consequence.AtOnce),

        // A new price is for new buyers: who subscribes keeps theirs.
        ("plans.*.prices.*", Consequence.AtOnce),
        ("plans.*.place", Consequence.AtOnce),

        // A permission that is no longer asked for, or no longer insisted on, frightens nobody.
        ("scopes.*", Consequence.ReviewIfMore),
        ("texts.*.reasons.*", Consequence.ReviewIfMore),

        // A plan that is no longer offered: who has it keeps it.
        ("plans.*", Consequence.ReviewIfMore),
        ("texts.*.plans.*", Consequence.ReviewIfMore),

        // Name and icon are what a buyer recognises; all other words and pictures are promises.
        ("texts.*", Consequence.Review),
        ("pictures.*", Consequence.Review),
        ("*", Consequence.Review),
    ];

    /// <summary>The changes for which a person of ours has to look; none: it may go live at once.</summary>
    /// <param name="live">What buyers see now; null: nothing yet, so all of it is new.</param>
    public static IReadOnlyList<DocumentPaths.Change> NeedReview(ListingDocument? live, ListingDocument next)
    {
        var changes = DocumentPaths.Between(live, next);
        if (live is null)
            return changes;

        var hosts = HostsOf(live);
        return [.. changes.Where(change => NeedsReview(change, hosts))];
    }

    /// <summary>What the table says of a path.</summary>
    public static Consequence Of(string path) => Table.First(row => Fits(path, row.Pattern)).Consequence;

    private static bool NeedsReview(DocumentPaths.Change change, HashSet<string> reviewedHosts) => Of(change.Path) switch
    {
        Consequence.AtOnce => false,
        Consequence.ReviewIfHostIsNew => change.After is { } address && (HostOf(address) is not { } host || !reviewedHosts.Contains(host)),
        Consequence.ReviewIfMore => change.After is not null && change is not { Before: "required", After: "optional" },
        _ => true,
    };

    private static HashSet<string> HostsOf(ListingDocument live) =>
        [.. new[] { live.WebhookUrl, live.SetUpUrl, live.PrivacyUrl, live.TermsUrl, live.SupportEmail }.Where(address => !string.IsNullOrEmpty(address)).Select(address => HostOf(address!)).OfType<string>()];

    /// <summary>Host and port as the network knows them: <c>https://bücher.example</c> and its punycode are one, a port of its own is another.</summary>
    private static string? HostOf(string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
            return $"{url.Scheme}://{url.IdnHost.ToUpperInvariant()}:{url.Port}";

        return address.Split('@') is [_, { Length: > 0 } domain] ? "mailto:" + domain.ToUpperInvariant() : null;
    }

    private static bool Fits(string path, string pattern) =>
        Regex.IsMatch(path, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
