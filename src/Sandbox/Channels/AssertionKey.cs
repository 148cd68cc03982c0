using System.Security.Cryptography;
using System.Text.Json;

namespace Sandbox.Channels;

/// <summary>The public half of a channel's assertion signing key, as registered in LINE's console.</summary>
/// <param name="Kid">Given by the console.</param>
/// <param name="Modulus">RSA modulus, big-endian: 2048 bits.</param>
/// <param name="Exponent">RSA exponent, big-endian.</param>
internal sealed record AssertionKey(string Kid, byte[] Modulus, byte[] Exponent)
{
    /// <summary>Reads a JWK as LINE's console takes it: RSA 2048, RS256, <c>use: sig</c> or <c>key_ops: [verify]</c>, no <c>kid</c>; null when it is something else.</summary>
    public static AssertionKey? FromJwk(JsonElement jwk, string kid)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "kty") != "RSA" || Text(jwk, "alg") != "RS256" || jwk.TryGetProperty("kid", out _))
            return null;

        var isForSigning = Text(jwk, "use") == "sig"
            || (jwk.TryGetProperty("key_ops", out var uses) && uses.ValueKind == JsonValueKind.Array && uses.EnumerateArray().Any(use => use.ValueKind == JsonValueKind.String && use.ValueEquals("verify")));
        return isForSigning && Base64Url(Text(jwk, "n")) is { Length: 256 } modulus && Base64Url(Text(jwk, "e")) is { Length: >= 1 } exponent
            ? new AssertionKey(kid, modulus, exponent)
            : null;
    }

    /// <summary>Whether these bytes were signed with the private half (RS256).</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Modulus, Exponent = Exponent });
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Base64Url(string? text) =>
        text is not null && System.Buffers.Text.Base64Url.IsValid(text) ? System.Buffers.Text.Base64Url.DecodeFromChars(text) : null;
}
