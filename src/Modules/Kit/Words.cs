using System.Text;

namespace Modules.Kit;

/// <summary>How words that customers write are compared: width, case and the spaces around do not count.</summary>
internal static class Words
{
    /// <summary>Full width and half width become one (NFKC), letters lower case. Half a surrogate pair, which people can type, is replaced: normalising throws at one.</summary>
    public static string Normalise(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "" : string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();

    /// <summary>
    /// Whether <paramref name="word"/> stands in <paramref name="said"/>, both normalised. Latin words match as words ("open" is not in "opening");
    /// CJK and Thai write no spaces and match anywhere.
    /// </summary>
    public static bool Contain(string said, string word)
    {
        for (var at = said.IndexOf(word, StringComparison.Ordinal); at >= 0; at = said.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            var startsWord = at == 0 || !(char.IsAsciiLetterOrDigit(said[at - 1]) && char.IsAsciiLetterOrDigit(word[0]));
            var endsWord = end == said.Length || !(char.IsAsciiLetterOrDigit(said[end]) && char.IsAsciiLetterOrDigit(word[^1]));
            if (startsWord && endsWord)
                return true;
        }

        return false;
    }
}
