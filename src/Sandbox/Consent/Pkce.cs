using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Consent;

/// <summary>Proof key for code exchange, method S256. Source: RFC 7636.</summary>
internal static class Pkce
{
    private const int DigestBytes = 32;

    /// <summary>Whether the text can be a challenge: a SHA-256 digest in base64url, 43 characters.</summary>
    public static bool IsChallenge(string text) => text.Length == 43 && Base64Url.IsValid(text, out var bytes) && bytes == DigestBytes;

    /// <summary>Whether the verifier belongs to the challenge.</summary>
    public static bool Verifies(string challenge, string? verifier) =>
        verifier is { Length: >= 43 and <= 128 }
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)), Base64Url.DecodeFromChars(challenge));
}
