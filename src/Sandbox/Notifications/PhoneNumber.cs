using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Notifications;

/// <summary>A person's telephone number and how they stand to notification messages, for all accounts alike.</summary>
/// <param name="Number">E.164: "+" and digits.</param>
/// <param name="Consent">Agreed, refused, or never asked (an account from before LINE asked everybody).</param>
/// <param name="NeedsSms">Whether the number must be confirmed by SMS before the next notice: it was confirmed more than 180 days ago.</param>
/// <param name="AcceptsPolicy">Whether the person accepted LINE's privacy policy of March 2022 or later.</param>
internal sealed record PhoneNumber(string PersonId, string Number, NoticeConsent Consent = NoticeConsent.Agreed, bool NeedsSms = false, bool AcceptsPolicy = true)
{
    private static readonly string[] Countries = ["+81", "+66", "+886"]; // Japan, Thailand, Taiwan.

    /// <summary>What a caller names it by: SHA-256 of the number, lower-case hex.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Number)));

    public bool IsForeign => !Countries.Any(country => Number.StartsWith(country, StringComparison.Ordinal));
}
