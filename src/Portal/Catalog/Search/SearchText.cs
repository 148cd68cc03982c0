using System.Globalization;
using System.Text;

namespace Portal.Catalog.Search;

/// <summary>Turns words into the grams by which listings are found: the same on every database, because none of it is the database's.</summary>
/// <remarks>
/// Text is folded first: NFKC (half and full width, radicals, ligatures), lower case, accents off Latin, katakana to hiragana, variants to one form
/// (<see cref="HanVariants"/>). Han, kana, hangul and Thai are written without spaces, so a run of them gives each sign and each pair of neighbours.
/// Other letters and digits make words; a word gives its beginnings, so that it is found while it is being typed.
/// </remarks>
public static class SearchText
{
    /// <summary>Grams of one query; what comes after is not looked at. A query of 100 characters has fewer.</summary>
    public const int QueryGramsMax = 48;

    /// <summary>Everything that a text can be found by.</summary>
    public static IEnumerable<string> GramsToIndex(string text)
    {
        foreach (var run in Runs(Fold(text)))
        {
            if (run.IsWord)
            {
                var word = string.Concat(run.Signs);
                for (var length = 1; length <= Math.Min(word.Length, ListingGram.LengthMax); length++)
                    yield return word[..length];
            }
            else
            {
                for (var i = 0; i < run.Signs.Count; i++)
                {
                    yield return run.Signs[i];
                    if (i + 1 < run.Signs.Count)
                        yield return run.Signs[i] + run.Signs[i + 1];
                }
            }
        }
    }

    /// <summary>What a listing must have, all of it, to answer a query. Empty when there is nothing to look for.</summary>
    public static IReadOnlyList<string> GramsToFind(string query) =>
        [.. Runs(Fold(query)).SelectMany(GramsToFind).Distinct(StringComparer.Ordinal).Take(QueryGramsMax)];

    /// <summary>One form for all ways to write the same.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var rune in WithoutLoneSurrogates(text).Normalize(NormalizationForm.FormKC).EnumerateRunes())
            folded.Append(HanVariants.OneOf(Hiragana(WithoutAccent(Rune.ToLowerInvariant(rune)))).ToString());

        return folded.ToString();
    }

    private static IEnumerable<string> GramsToFind(Run run)
    {
        if (run.IsWord)
        {
            var word = string.Concat(run.Signs);
            return [word.Length <= ListingGram.LengthMax ? word : word[..ListingGram.LengthMax]];
        }

        // Pairs say more than single signs; a single sign is all there is of a run of one.
        return run.Signs.Count == 1 ? run.Signs : run.Signs.Zip(run.Signs.Skip(1), (left, right) => left + right);
    }

    private static IEnumerable<Run> Runs(string folded)
    {
        Run? current = null;
        foreach (var rune in folded.EnumerateRunes())
        {
            var kind = IsUnspaced(rune) ? Kind.Unspaced : Rune.IsLetterOrDigit(rune) ? Kind.Word : Kind.None;
            if (current is not null && (kind == Kind.None || current.IsWord != (kind == Kind.Word)))
            {
                yield return current;
                current = null;
            }

            if (kind == Kind.None)
                continue;

            current ??= new Run(kind == Kind.Word, []);
            current.Signs.Add(rune.ToString());
        }

        if (current is not null)
            yield return current;
    }

    /// <summary>Scripts without spaces between words: Han, kana, hangul, Thai with its vowel and tone marks.</summary>
    private static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        0x3005 or 0x3007 => true, // 々 and 〇.
        >= 0x3041 and <= 0x3096 or >= 0x309D and <= 0x309F or >= 0x30FC and <= 0x30FF => true,
        >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF => true,
        >= 0x0E01 and <= 0x0E3A or >= 0x0E40 and <= 0x0E4E => true,
        >= 0xAC00 and <= 0xD7A3 => true,
        _ => false,
    };

    private static Rune Hiragana(Rune rune) => rune.Value is >= 0x30A1 and <= 0x30F6 ? new Rune(rune.Value - 0x60) : rune;

    private static Rune WithoutAccent(Rune rune)
    {
        // Latin only: elsewhere a mark makes another letter, as は and ば.
        if (rune.Value is not (>= 0x00C0 and <= 0x024F) and not (>= 0x1E00 and <= 0x1EFF))
            return rune;

        var letter = rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes().First();
        return Rune.GetUnicodeCategory(letter) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter ? letter : rune;
    }

    private static string WithoutLoneSurrogates(string text) => string.Concat(text.EnumerateRunes());

    private enum Kind { None, Word, Unspaced }

    private sealed record Run(bool IsWord, List<string> Signs);
}
