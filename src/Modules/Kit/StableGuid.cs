using System.Security.Cryptography;
using System.Text;

namespace Modules.Kit;

/// <summary>The same GUID for the same words: a retry key that survives a restart.</summary>
internal static class StableGuid
{
    /// <param name="what">Names the send: what caused it and which of its messages this is.</param>
    public static Guid Of(string what)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(what), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80); // Version 8 (RFC 9562): ours to define.
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80); // The RFC's variant.
        return new Guid(hash[..16], bigEndian: true);
    }
}
