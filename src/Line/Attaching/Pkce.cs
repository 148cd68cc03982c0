using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Line;

/// <summary>Proof Key for Code Exchange (RFC 7636, S256): only who asked for a code can use it.</summary>
/// <param name="Verifier">The secret, kept until the code is exchanged.</param>
public sealed record Pkce(string Verifier)
{
    /// <summary>What the authorization request shows of it.</summary>
    public string Challenge => ChallengeOf(Verifier);

    /// <summary>A new one of 256 random bits.</summary>
    public static Pkce Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>base64url(SHA-256(verifier)), for the side that checks.</summary>
    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"Pkce {Challenge}";
}
