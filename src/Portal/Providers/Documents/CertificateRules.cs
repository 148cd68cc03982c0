using System.Text.Json;

namespace Portal.Providers;

/// <summary>Which registration certificates each country's companies may hand in, and how old they may be: data, beside this file.</summary>
/// <param name="GreatestAgeDays">From the day that stands on it.</param>
/// <param name="Accepted">Their names, as the country's office calls them.</param>
public sealed record CertificateRules(int GreatestAgeDays, IReadOnlyList<string> Accepted)
{
    private static readonly Dictionary<string, CertificateRules> All = Read();

    /// <exception cref="KeyNotFoundException">No country of ours.</exception>
    public static CertificateRules Of(string country) => All[country];

    /// <summary>Whether a certificate of that day is fresh enough.</summary>
    /// <param name="today">In the country's own time, all of which are ahead of UTC: a certificate of this morning is not from the future.</param>
    public bool IsFresh(DateOnly issuedOn, DateOnly today) => issuedOn <= today.AddDays(1) && issuedOn >= today.AddDays(-GreatestAgeDays);

    private static Dictionary<string, CertificateRules> Read()
    {
        using var file = typeof(CertificateRules).Assembly.GetManifestResourceStream("Portal.Providers.Data.documents.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, CertificateRules>>(file, JsonSerializerOptions.Web)!;
    }
}
