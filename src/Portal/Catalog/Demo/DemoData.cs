using System.Text.Json;
using System.Text.Json.Serialization;
using Tenancy;

namespace Portal.Catalog.Demo;

/// <summary>The invented market as it lies in this assembly: <c>Data/providers.json</c> and one file a listing.</summary>
internal sealed record DemoData(IReadOnlyList<DemoData.ProviderFile> Providers, IReadOnlyList<DemoData.ListingFile> Listings)
{
    private const string Prefix = "Portal.Catalog.Demo.Data.";

    // The order of the shop window: the two that can be installed stand in front, then by turns of vertical.
    private static readonly string[] Order =
    [
        "keyword-reply", "live-desk", "chairbook", "table-lantern", "stampfolk", "waymark", "bento-window",
        "comeback-bell", "shelf-talk", "save-a-seat", "one-question", "kluai-queue", "spin-bowl", "menu-painter",
    ];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // A typo in a file is found by the first start, not by a reader.
    };

    public static DemoData Read() => new(
        Read<List<ProviderFile>>($"{Prefix}providers.json"),
        [.. Order.Select(slug => Read<ListingFile>($"{Prefix}listings.{slug}.json"))]);

    private static T Read<T>(string name)
    {
        using var stream = typeof(DemoData).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"Demo data {name} is not in this assembly.");
        return JsonSerializer.Deserialize<T>(stream, Json)!;
    }

    public sealed record ProviderFile(string Slug, string Name, string LatinName, string Country, string SupportEmail, OwnerFile Owner, IReadOnlyDictionary<string, string> About);

    public sealed record OwnerFile(string Name, string Email, string Language);

    public sealed record ListingFile(
        string Slug, string Provider, IReadOnlyList<string> Verticals, IReadOnlyList<string> Functions, ModuleRole Role, int DaysAgo,
        IReadOnlyList<PermissionFile> Permissions, DrawingFile Drawing, IReadOnlyList<PlanFile> Plans, IReadOnlyDictionary<string, TextFile> Texts);

    public sealed record PermissionFile(string Scope, bool Optional = false);

    public sealed record DrawingFile(string Glyph, string Scene);

    /// <param name="Prices">Currency → whole units.</param>
    public sealed record PlanFile(string Code, IReadOnlyDictionary<string, long> Prices, int TrialDays = 0, int? Messages = null, BillingInterval Interval = BillingInterval.Month);

    public sealed record TextFile(
        string Name, string Tagline, IReadOnlyList<string> About, IReadOnlyList<ListingText.Benefit> Benefits, IReadOnlyList<ListingText.ChatLine> Conversation,
        IReadOnlyDictionary<string, string> Reasons, IReadOnlyDictionary<string, ListingText.PlanText> Plans, string SupportHours, IReadOnlyList<ReleaseFile> Releases, IReadOnlyList<string> Keywords);

    /// <param name="DaysAgo">Before the day of the seeding, so that a fresh market is never from the future.</param>
    public sealed record ReleaseFile(string Version, int DaysAgo, string Text);
}
