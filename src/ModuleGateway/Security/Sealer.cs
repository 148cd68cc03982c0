using System.Buffers.Text;
using System.Security.Cryptography;
using ModuleGateway.Store;

namespace ModuleGateway.Security;

/// <summary>Authenticated encryption for one purpose and subject: what it opens, it sealed, with any version of the master key.</summary>
/// <remarks>AES-256-GCM. Layout: version of the master key (1), nonce (12), tag (16), cipher text. Thread-safe.</remarks>
internal sealed class Sealer(MasterKeys keys, byte[] purpose, byte[] subject)
{
    private const int VersionBytes = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = VersionBytes + NonceBytes + TagBytes;

    private volatile Derived[] _derived = [];

    /// <summary>With which version of the master key this was sealed.</summary>
    public static byte VersionOf(ReadOnlySpan<byte> sealedBytes) => sealedBytes[0];

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        RandomNumberGenerator.Fill(nonce);
        var version = keys.CurrentVersion;
        return Seal(KeyOf(version), plain, nonce);
    }

    /// <summary>Seals so that the same plain text and version give the same bytes each time: retries then carry the same token.</summary>
    /// <param name="version">Of the master key. Not necessarily the current one: a retry after a rotation carries the token of the first try.</param>
    /// <remarks>The nonce is a MAC of the plain text under the same key, so it repeats only where the whole text does.</remarks>
    public string SealAsToken(ReadOnlySpan<byte> plain, byte version)
    {
        var key = KeyOf(version);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, plain, mac);
        return Base64Url.EncodeToString(Seal(key, plain, mac[..NonceBytes]));
    }

    /// <inheritdoc cref="SealAsToken(ReadOnlySpan{byte}, byte)"/>
    public string SealAsToken(ReadOnlySpan<byte> plain) => SealAsToken(plain, keys.CurrentVersion);

    /// <summary>Null when these bytes were not sealed here, were changed, or bear a version that this process has not read.</summary>
    public byte[]? Open(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < HeadBytes || !keys.Has(sealedBytes[0]))
            return null;

        var plain = new byte[sealedBytes.Length - HeadBytes];
        var key = KeyOf(sealedBytes[0]);
        var aes = key.Rent();
        try
        {
            aes.Decrypt(sealedBytes.Slice(VersionBytes, NonceBytes), sealedBytes[HeadBytes..], sealedBytes.Slice(VersionBytes + NonceBytes, TagBytes), plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // Forged, changed, or another key's: all the same to the caller.
        }
        finally
        {
            key.Return(aes);
        }
    }

    /// <summary>Opens what the store holds.</summary>
    /// <param name="what">For the message when it cannot be opened.</param>
    /// <exception cref="StoreUnavailableException">Its version of the master key was not read here yet: a moment later it is.</exception>
    public byte[] OpenStored(ReadOnlySpan<byte> sealedBytes, string what)
    {
        if (Open(sealedBytes) is { } plain)
            return plain;
        if (sealedBytes.Length >= HeadBytes && !keys.Has(sealedBytes[0]))
            throw new StoreUnavailableException($"{what} was sealed with version {sealedBytes[0]} of the master key, which was not read here yet.");

        throw new InvalidOperationException($"{what} cannot be opened: its key is not the one that sealed it.");
    }

    /// <summary>Null when this text is no token of ours.</summary>
    public byte[]? OpenToken(string token)
    {
        if (token.Length > 4096 || !Base64Url.IsValid(token))
            return null;

        return Open(Base64Url.DecodeFromChars(token));
    }

    private static byte[] Seal(Derived key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> nonce)
    {
        var output = new byte[HeadBytes + plain.Length];
        output[0] = key.Version;
        nonce.CopyTo(output.AsSpan(VersionBytes));
        var aes = key.Rent();
        aes.Encrypt(nonce, plain, output.AsSpan(HeadBytes), output.AsSpan(VersionBytes + NonceBytes, TagBytes));
        key.Return(aes);
        return output;
    }

    private Derived KeyOf(byte version)
    {
        foreach (var known in _derived)
        {
            if (known.Version == version)
                return known;
        }

        // Two threads may derive the same key at once; then one of them is forgotten and derived again when next needed.
        var derived = new Derived(version, keys.Derive(version, purpose, subject));
        _derived = [.. _derived, derived];
        return derived;
    }

    /// <summary>A key and, between two uses, one cipher made ready for it: to make one costs more than to seal an event.</summary>
    private sealed class Derived(byte version, byte[] bytes)
    {
        private AesGcm? _idle;

        public byte Version => version;

        public byte[] Bytes => bytes;

        /// <summary>A cipher for the caller alone.</summary>
        public AesGcm Rent() => Interlocked.Exchange(ref _idle, null) ?? new AesGcm(bytes, TagBytes);

        public void Return(AesGcm aes)
        {
            if (Interlocked.CompareExchange(ref _idle, aes, null) is not null)
                aes.Dispose();
        }
    }
}
