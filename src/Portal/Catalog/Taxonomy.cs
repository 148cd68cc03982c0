namespace Portal.Catalog;

/// <summary>How the catalog is divided. Codes stand in addresses and rows; <see cref="CatalogTexts"/> has a word for each.</summary>
public static class Taxonomy
{
    /// <summary>Kinds of business. Those with a hue of their own come first.</summary>
    public static IReadOnlyList<string> Verticals { get; } = ["food", "salon", "retail", "clinic", "fitness", "education", "realestate", "ec", "other"];

    /// <summary>What a module does.</summary>
    public static IReadOnlyList<string> Functions { get; } =
    [
        "booking", "queue", "ordering", "membership", "coupons", "games", "survey", "storefront", "crm", "broadcast",
        "notification", "livechat", "autoreply", "richmenu", "beacon", "analytics", "integration",
    ];

    /// <summary>Ways to begin: without paying, with a trial, or paying.</summary>
    public static IReadOnlyList<string> Prices { get; } = ["free", "trial", "paid"];
}
