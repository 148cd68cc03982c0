using System.Security.Cryptography;

namespace Sandbox.Webhooks;

/// <summary>Makes webhook event ids: ULIDs, 26 characters of Crockford's base 32, 48 bits of time and 80 of chance.</summary>
internal static class Ulid
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(DateTimeOffset at)
    {
        var bits = (UInt128)(ulong)at.ToUnixTimeMilliseconds() << 80;
        Span<byte> chance = stackalloc byte[10];
        RandomNumberGenerator.Fill(chance);
        UInt128 low = 0;
        foreach (var next in chance)
            low = (low << 8) | next;

        return string.Create(26, bits | low, static (text, value) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, value >>= 5)
                text[i] = Alphabet[(int)(value & 31)];
        });
    }
}
