using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Consent;

/// <summary>The authorization server's half of PKCE, method S256. Source: RFC 7636.</summary>
internal static class PkceCheck
{
    private const int DigestBytes = 32;

    /// <summary>Whether the text can be a challenge: a SHA-256 digest in base64url, 43 characters.</summary>
    public static bool IsWellFormed(string text) => text.Length == 43 && Base64Url.IsValid(text, out var bytes) && bytes == DigestBytes;

    /// <summary>Whether the verifier (43 to 128 characters) belongs to the challenge. Constant time in the challenge.</summary>
    public static bool Verifies(string challenge, string? verifier) =>
        verifier is { Length: >= 43 and <= 128 }
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Line.Pkce.ChallengeOf(verifier)), Encoding.ASCII.GetBytes(challenge));
}
