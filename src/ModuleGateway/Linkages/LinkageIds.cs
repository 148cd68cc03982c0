using System.Buffers.Binary;
using System.Security.Cryptography;
using Line;
using Tenancy;

namespace ModuleGateway.Linkages;

/// <summary>The ids that one linkage sees: a keyed permutation of the upstream ids' 128 bits, both ways, without a table.</summary>
/// <remarks>
/// One AES block; the key comes from the platform's master key and the linkage's own salt, the kind of id is XORed into the block.
/// Two linkages share nothing but chance. Erase the salt, and these ids mean nothing any more. Immutable, thread-safe.
/// </remarks>
internal sealed class LinkageIds
{
    public const int SaltBytes = 16;

    private static ReadOnlySpan<byte> KeyPurpose => "ModuleMarket linkage ids v1"u8;
    private const ulong DeliveryTweak = 0xffUL << 56; // Of no kind of id: what is a delivery's is nobody's else.
    private const ulong NamesTweak = 0xfeUL << 56;
    private readonly UInt128 _key;
    private readonly bool _isUnmapped; // Only in a mutant.

    public LinkageIds(LinkageId linkage, BotId bot, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> salt)
    {
        Linkage = linkage;
        Bot = bot;
        Span<byte> key = stackalloc byte[AesBlock.KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, masterKey, key, salt, KeyPurpose);
        _key = BinaryPrimitives.ReadUInt128BigEndian(key);
        CryptographicOperations.ZeroMemory(key);
    }

    private LinkageIds(LinkageId linkage, BotId bot)
    {
        Linkage = linkage;
        Bot = bot;
        _isUnmapped = true;
    }

    public LinkageId Linkage { get; }

    public BotId Bot { get; }

    /// <summary>The bits that the module sees for an upstream id.</summary>
    public UInt128 ToModule(IdKind kind, UInt128 upstream) => _isUnmapped ? upstream : Block.Encrypt(upstream ^ Tweak(kind));

    /// <summary>The upstream bits for what the module wrote. Another linkage's id comes out as noise, that no set of known ids holds.</summary>
    public UInt128 FromModule(IdKind kind, UInt128 seen) => _isUnmapped ? seen : Block.Decrypt(seen) ^ Tweak(kind);

    /// <summary>Writes the text that the module sees; returns its length.</summary>
    public int Write(UpstreamId id, Span<byte> destination) => IdText.WriteForModule(id.Kind, ToModule(id.Kind, id.Bits), Bot, destination);

    /// <summary>The text that the module sees.</summary>
    public string ToText(UpstreamId id)
    {
        Span<byte> text = stackalloc byte[IdText.LongestForModule];
        return System.Text.Encoding.ASCII.GetString(text[..Write(id, text)]);
    }

    /// <summary>What the module sees as the id of a delivery. Our own counts every tenant's deliveries: by it a module could tell how much the others have.</summary>
    public string DeliveryId(long id) => (_isUnmapped ? (UInt128)id : Block.Encrypt(new UInt128(DeliveryTweak, (ulong)id))).ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Our number of the delivery that the module knows by this id; null: it is none of this linkage's.</summary>
    public long? DeliveryOf(UInt128 seen)
    {
        var plain = _isUnmapped ? seen | (UInt128)DeliveryTweak << 64 : Block.Decrypt(seen);
        return (ulong)(plain >> 64) == DeliveryTweak && (ulong)plain <= long.MaxValue ? (long)(ulong)plain : null;
    }

    /// <summary>LINE's name for a name of the module's; what is no name of this kind stays as it is, and LINE refuses it.</summary>
    public string NameToLine(NameKind kind, string name) => _isUnmapped ? name : ModuleNames.ToLine(NamesBlock(), kind, name) ?? name;

    /// <summary>What the module sees for a name of LINE's; noise for another linkage's.</summary>
    public string NameFromLine(NameKind kind, string name) => _isUnmapped ? name : ModuleNames.FromLine(NamesBlock(), kind, name) ?? name;

    /// <summary>The bug that tests must find: LINE's own ids go out. See <see cref="Mutants"/>.</summary>
    internal static LinkageIds Unmapped(LinkageId linkage, BotId bot) => new(linkage, bot);

    private AesBlock Block => ExpandedKeys.Of(this, _key);

    /// <summary>Names have a key of their own, made from the ids': rare enough to be expanded each time.</summary>
    private AesBlock NamesBlock()
    {
        Span<byte> key = stackalloc byte[AesBlock.KeyBytes];
        BinaryPrimitives.WriteUInt128BigEndian(key, Block.Encrypt(new UInt128(NamesTweak, 0)));
        return new AesBlock(key);
    }

    private static UInt128 Tweak(IdKind kind) => new((ulong)kind << 56, 0);
}
