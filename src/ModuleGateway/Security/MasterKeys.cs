using System.Security.Cryptography;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Security;

/// <summary>The gateway's master keys by version: everything that it seals or derives starts from one of them.</summary>
/// <remarks>Made at the first start, kept in the store under the protection of the key ring, never logged.</remarks>
internal sealed class MasterKeys(IGatewayStore store, SecretProtector protector)
{
    private const int KeyBytes = 32;
    private volatile byte[]? _current;

    /// <summary>The key that new things are sealed with.</summary>
    public ReadOnlySpan<byte> Current => _current ?? throw new InvalidOperationException("The master keys are read at the start, before the first request.");

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var fresh = protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        var kept = await store.WriteAsync(
            tx =>
            {
                if (tx.Keys.All() is [.., var last])
                    return last.Protected;

                tx.Keys.Add(1, fresh);
                return fresh;
            },
            cancellationToken);
        _current = Convert.FromBase64String(protector.Unprotect(kept));
    }

    /// <summary>A key for one purpose and one subject, 32 bytes.</summary>
    public byte[] Derive(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> subject)
    {
        var key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Current, key, subject, purpose);
        return key;
    }
}
