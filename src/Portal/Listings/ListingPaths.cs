using Microsoft.AspNetCore.WebUtilities;
using Portal.Catalog;

namespace Portal.Listings;

/// <summary>Addresses of the listings' rooms, written once.</summary>
public static class ListingPaths
{
    public static string All(string slug) => $"/o/{slug}/listings";

    public static string New(string slug) => $"/o/{slug}/listings/new";

    public static string Editor(string slug, ListingId id, EditorSection section = EditorSection.Basics, string? language = null, string? said = null)
    {
        var path = $"/o/{slug}/listings/{id}/{Name(section)}";
        var query = new Dictionary<string, string?> { ["in"] = language, ["said"] = said }.Where(pair => pair.Value is not null);
        return QueryHelpers.AddQueryString(path, query);
    }

    public static string Review(ListingVersionId id) => $"/operations/listings/{id}";

    public static string Name(EditorSection section) => section.ToString().ToLowerInvariant();

    public static bool TryParse(string? name, out EditorSection section)
    {
        section = Enum.GetValues<EditorSection>().FirstOrDefault(one => Name(one) == name);
        return name is not null && Name(section) == name;
    }
}
