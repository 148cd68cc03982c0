using System.Security.Cryptography;
using System.Text;

namespace Line;

/// <summary>Makes and checks <c>x-line-signature</c>: base64 of HMAC-SHA256(channel secret, raw body).</summary>
/// <remarks>
/// Thread-safe (immutable), allocates nothing on <see cref="IsValid"/>, constant time in the signature's content.
/// Source: LINE Messaging API reference, "Signature validation".
/// </remarks>
public sealed class LineSignature
{
    /// <summary>The header's name; header names are case-insensitive.</summary>
    public const string HeaderName = "x-line-signature";

    private const int MacBytes = 32;      // SHA-256.
    private const int EncodedChars = 44;  // 32 bytes in padded base64.
    private readonly byte[] _secret;

    /// <param name="channelSecret">The channel secret as shown in LINE's console; its UTF-8 bytes are the key.</param>
    public LineSignature(string channelSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(channelSecret);
        _secret = Encoding.UTF8.GetBytes(channelSecret);
    }

    /// <summary>The header's value for <paramref name="body"/>.</summary>
    public string Create(ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[MacBytes];
        HMACSHA256.HashData(_secret, body, mac);
        return Convert.ToBase64String(mac);
    }

    /// <summary>Whether <paramref name="signature"/> was made over exactly these bytes with this secret.</summary>
    public bool IsValid(ReadOnlySpan<byte> body, ReadOnlySpan<char> signature)
    {
        if (signature.Length != EncodedChars)
            return false;

        Span<byte> claimed = stackalloc byte[MacBytes];
        if (!Convert.TryFromBase64Chars(signature, claimed, out var written) || written != MacBytes)
            return false;

        Span<byte> actual = stackalloc byte[MacBytes];
        HMACSHA256.HashData(_secret, body, actual);
        return CryptographicOperations.FixedTimeEquals(claimed, actual);
    }
}
