using System.Security.Cryptography;
using System.Text;

namespace Portal.Providers;

/// <summary>The code that reaches only the company: in a letter to its registered address, or in a mail to its own domain.</summary>
internal static class AuthorityCode
{
    /// <summary>Wrong ones before another code is needed.</summary>
    public const int TriesMax = 5;

    public static readonly TimeSpan MailHolds = TimeSpan.FromDays(1);

    /// <summary>Letters within Asia take up to two weeks.</summary>
    public static readonly TimeSpan LetterHolds = TimeSpan.FromDays(45);

    private const int Length = 8;

    /// <summary>40 bits of letters and digits that nobody mixes up when copying from paper.</summary>
    public static string New() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", Length);

    public static bool Same(string code, string? typed)
    {
        var clean = new string([.. (typed ?? "").Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(clean), Encoding.ASCII.GetBytes(code));
    }

    /// <summary>Whether a mailbox is on the domain of a page: the page's host itself, or what its host lies under.</summary>
    public static bool IsOnDomainOf(string mailbox, string pageUrl)
    {
        var at = mailbox.LastIndexOf('@');
        if (at < 1 || mailbox.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign)) || mailbox.IndexOf('@', StringComparison.Ordinal) != at || !Uri.TryCreate(pageUrl, UriKind.Absolute, out var page))
            return false;

        var domain = mailbox[(at + 1)..].ToLowerInvariant();
        return domain.Contains('.', StringComparison.Ordinal) && (page.IdnHost == domain || page.IdnHost.EndsWith("." + domain, StringComparison.Ordinal));
    }
}
