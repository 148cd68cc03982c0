using System.Security.Cryptography;
using System.Threading.Channels;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Security;

/// <summary>The gateway's master keys by version: everything that it seals or derives starts from one of them, and says from which.</summary>
/// <remarks>
/// Kept in the store under the protection of the key ring, never logged. A new version is used from a minute after it was made, so that every
/// process has read it by then (see <see cref="MasterKeyReader"/>); the old ones go on opening what they sealed. Thread-safe.
/// </remarks>
internal sealed class MasterKeys(IGatewayStore store, SecretProtector protector, StoreClock clock)
{
    /// <summary>Sealed things bear their version in one byte.</summary>
    public const int VersionMax = byte.MaxValue;

    public const int FirstVersion = 1;

    /// <summary>From the making of a version to its first use.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromMinutes(1);

    private const int KeyBytes = 32;
    private readonly Channel<bool> _missed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile MasterKey[] _keys = [];

    private sealed record MasterKey(byte Version, byte[] Bytes, DateTimeOffset CurrentFrom);

    /// <summary>The version that new things are sealed with.</summary>
    public byte CurrentVersion
    {
        get
        {
            var (keys, now) = (Opened, clock.GetUtcNow());
            for (var i = keys.Length - 1; i > 0; i--)
            {
                if (keys[i].CurrentFrom <= now)
                    return keys[i].Version;
            }

            return keys[0].Version;
        }
    }

    private MasterKey[] Opened => _keys is { Length: > 0 } keys ? keys : throw new InvalidOperationException("The master keys are read at the start, before the first request.");

    /// <summary>Makes the first version where there is none, and reads them all.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var first = new MasterKeyRow(FirstVersion, Fresh(), DateTimeOffset.UnixEpoch);
        await store.WriteAsync(tx => tx.Keys.All().Count > 0 || tx.Keys.TryAdd(first), cancellationToken);
        await ReadAsync(cancellationToken);
    }

    /// <summary>Reads the versions that other processes have made since.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(tx => tx.Keys.All(), cancellationToken);
        var known = _keys;
        _keys = [.. rows.Select(row => known.FirstOrDefault(key => key.Version == row.Version)
            ?? new MasterKey((byte)row.Version, Convert.FromBase64String(protector.Unprotect(row.Protected)), row.CurrentFrom))];
    }

    /// <summary>Makes a version that becomes current in a minute. While one waits for its minute, that one is returned. Null when there are 255.</summary>
    public async Task<MasterKeyRow?> RotateAsync(CancellationToken cancellationToken)
    {
        var fresh = Fresh();
        var made = await store.WriteAsync(
            tx =>
            {
                var last = tx.Keys.All()[^1];
                if (last.CurrentFrom > tx.Now)
                    return last;
                if (last.Version == VersionMax)
                    return null;

                var next = new MasterKeyRow(last.Version + 1, fresh, tx.Now + Notice);
                return tx.Keys.TryAdd(next) ? next : tx.Keys.All()[^1]; // Another process was faster: its version is the new one.
            },
            cancellationToken);
        await ReadAsync(cancellationToken);
        return made;
    }

    /// <summary>Whether this version was read here. Asking for one that was not has the keys read again soon.</summary>
    public bool Has(int version)
    {
        var isKnown = Array.Exists(Opened, key => key.Version == version);
        if (!isKnown)
            _missed.Writer.TryWrite(true);
        return isKnown;
    }

    /// <summary>Completes when a version was met that was not read here.</summary>
    public async Task MissedAsync(CancellationToken cancellationToken) => await _missed.Reader.ReadAsync(cancellationToken);

    /// <exception cref="StoreUnavailableException">This version was not read here yet.</exception>
    public ReadOnlySpan<byte> Key(int version) => Has(version)
        ? Array.Find(Opened, key => key.Version == version)!.Bytes
        : throw new StoreUnavailableException($"Version {version} of the master key was not read here yet.");

    /// <summary>A key for one purpose and one subject, 32 bytes.</summary>
    public byte[] Derive(int version, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> subject)
    {
        var key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Key(version), key, subject, purpose);
        return key;
    }

    private string Fresh() => protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
}
