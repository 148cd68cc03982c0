using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Purchasing;

/// <summary>An organisation's place in the path, made from its name: 3 to 40 of a-z, 0-9 and hyphen.</summary>
public static class OrganisationSlug
{
    private const int LengthMin = 3;
    private const int BaseLengthMax = 32; // Leaves room for a hyphen and the suffix within 40.
    private const int SuffixLength = 6;

    /// <summary>Taken by the platform itself, or likely to be: nobody's company is found there.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "developers", "operations", "operator", "admin", "support", "module-market" };

    /// <summary>Readable and without a suffix when the name has Latin letters enough; otherwise with one.</summary>
    public static string From(string name)
    {
        var readable = Fold(name);
        return readable.Length >= LengthMin && !Reserved.Contains(readable) ? readable : WithSuffix(readable);
    }

    /// <summary>For a name whose first choice is taken.</summary>
    public static string Another(string name) => WithSuffix(Fold(name));

    private static string WithSuffix(string readable) =>
        // Letters and digits that nobody mixes up when reading an address aloud.
        $"{(readable.Length == 0 ? "shop" : readable)}-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", SuffixLength)}";

    private static string Fold(string name)
    {
        var folded = new StringBuilder();
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
                continue; // The accent of é after decomposition.

            var letter = Rune.ToLowerInvariant(rune);
            if (letter.IsAscii && Rune.IsLetterOrDigit(letter))
                folded.Append(letter);
            else if (folded.Length > 0 && folded[^1] != '-')
                folded.Append('-');
        }

        return folded.ToString(0, Math.Min(folded.Length, BaseLengthMax)).Trim('-');
    }
}
