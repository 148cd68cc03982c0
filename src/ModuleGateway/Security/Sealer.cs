using System.Buffers.Text;
using System.Security.Cryptography;

namespace ModuleGateway.Security;

/// <summary>Authenticated encryption with one key: what it opens, it sealed, for the same purpose.</summary>
/// <remarks>AES-256-GCM. Layout: nonce (12), tag (16), cipher text.</remarks>
internal sealed class Sealer(byte[] key)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        RandomNumberGenerator.Fill(nonce);
        return Seal(plain, nonce);
    }

    /// <summary>Seals so that the same plain text gives the same bytes each time: retries then carry the same token.</summary>
    /// <remarks>The nonce is a MAC of the plain text under the same key, so it repeats only where the whole text does.</remarks>
    public string SealAsToken(ReadOnlySpan<byte> plain)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, plain, mac);
        return Base64Url.EncodeToString(Seal(plain, mac[..NonceBytes]));
    }

    /// <summary>Null when these bytes were not sealed with this key, or were changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes)
            return null;

        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // Forged, changed, or another key's: all the same to the caller.
        }
    }

    /// <summary>Null when this text is no token of ours.</summary>
    public byte[]? OpenToken(string token)
    {
        if (token.Length > 4096 || !Base64Url.IsValid(token))
            return null;

        return Open(Base64Url.DecodeFromChars(token));
    }

    private byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> nonce)
    {
        var output = new byte[NonceBytes + TagBytes + plain.Length];
        nonce.CopyTo(output);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, output.AsSpan(NonceBytes + TagBytes), output.AsSpan(NonceBytes, TagBytes));
        return output;
    }
}
