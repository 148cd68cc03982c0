using Microsoft.Extensions.Configuration;

namespace Tenancy;

/// <summary>Finds keys that a section does not know: a typo must stop the start, not silently choose the default.</summary>
internal static class UnknownKeys
{
    /// <returns>One sentence on the first unknown key, or null.</returns>
    public static string? In(IConfigurationSection section, params string[] known) =>
        section.GetChildren().Select(child => child.Key).FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? $"{section.Path}:{unknown} is unknown: {string.Join(" or ", known)} is expected in {section.Path}."
            : null;
}
