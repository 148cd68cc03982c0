using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>The public half of a channel's assertion signing key, as its JWK is registered in the console.</summary>
/// <remarks>Immutable; each check imports the key anew, for RSA objects are not thread-safe. Source: LINE, "Generate JSON Web Token".</remarks>
public sealed class AssertionKey
{
    private const int ModulusBytes = 256; // RSA 2048, the size that LINE asks for.
    private readonly RSAParameters _parameters;

    private AssertionKey(RSAParameters parameters) => _parameters = parameters;

    /// <summary>The public half of an RSA key.</summary>
    /// <exception cref="ArgumentException">Not 2048 bits.</exception>
    public static AssertionKey Of(RSA key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return parameters.Modulus is { Length: ModulusBytes } ? new AssertionKey(parameters) : throw new ArgumentException("An RSA key of 2048 bits is expected.", nameof(key));
    }

    /// <summary>Reads a JWK as a person pastes it into the console.</summary>
    /// <param name="jwk">The JWK's JSON.</param>
    /// <param name="key">The key, when this returns true.</param>
    /// <param name="problem">One sentence on what is wrong, when it returns false.</param>
    public static bool TryRead(JsonElement jwk, [NotNullWhen(true)] out AssertionKey? key, out string? problem)
    {
        key = null;
        problem = Problem(jwk);
        if (problem is not null)
            return false;

        key = new AssertionKey(new RSAParameters { Modulus = Bytes(jwk, "n"), Exponent = Bytes(jwk, "e") });
        return true;
    }

    /// <summary>The JWK to register.</summary>
    public string ToJwk() => Encoding.UTF8.GetString(LineJson.ToBytes(writer =>
    {
        writer.WriteString("kty"u8, "RSA"u8);
        writer.WriteString("alg"u8, "RS256"u8);
        writer.WriteString("use"u8, "sig"u8);
        writer.WriteString("e"u8, Base64Url.EncodeToString(_parameters.Exponent));
        writer.WriteString("n"u8, Base64Url.EncodeToString(_parameters.Modulus));
    }));

    internal bool Verifies(byte[] signed, byte[] signature)
    {
        using var rsa = RSA.Create(_parameters);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string? Problem(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
            return "The key is no JSON object.";

        if (jwk.Text("kty") != "RSA" || jwk.Text("alg") != "RS256")
            return "The key's kty must be RSA and its alg RS256.";

        if (jwk.Text("use") != "sig" && !jwk.Texts("key_ops").SequenceEqual(["verify"]))
            return "The key must say use: sig, or key_ops: [verify].";

        if (jwk.TryGetProperty("d", out _))
            return "This is the private key. Register the public one, and make a new pair: this one was shown.";

        if (jwk.TryGetProperty("kid", out _))
            return "The key must not bear a kid: registering gives it one.";

        if (Bytes(jwk, "n") is not { Length: ModulusBytes } modulus || modulus[0] < 0x80)
            return "The key's n must be a modulus of 2048 bits in base64url.";

        return Bytes(jwk, "e") is { Length: >= 1 and <= 4 } exponent && (exponent[^1] & 1) == 1 && exponent is not [1]
            ? null
            : "The key's e must be an odd public exponent in base64url, commonly AQAB.";
    }

    private static byte[]? Bytes(JsonElement jwk, string name) =>
        jwk.Text(name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
