using System.Security.Cryptography;
using System.Text;
using Line;

namespace ModuleGateway.Linkages;

/// <summary>A user, group or room as our upstream channel sees it: 128 bits, and the text only where LINE's usual shape does not give it back.</summary>
/// <param name="OddText">Null for the usual shape. Otherwise LINE's text, and <paramref name="Bits"/> is its digest.</param>
internal readonly record struct UpstreamId(IdKind Kind, UInt128 Bits, string? OddText)
{
    private const int LinkedUserLength = 1 + BotId.Length + 1 + BotId.Length; // "L" + user + "-" + bot.

    /// <summary>Reads what LINE calls this user, group or room. Every text is an id: those of another shape keep their text beside a digest.</summary>
    /// <remarks>The digest stands for the text in chats and lanes; the set of known ids holds the text, so that it finds back.</remarks>
    public static UpstreamId Read(IdKind kind, ReadOnlySpan<byte> utf8, BotId bot)
    {
        if (TryReadUsual(kind, utf8, bot, out var bits))
            return new UpstreamId(kind, bits, null);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return new UpstreamId(kind, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), Encoding.UTF8.GetString(utf8));
    }

    /// <summary>LINE's text.</summary>
    public string ToText(BotId bot) => OddText ?? Kind switch
    {
        IdKind.User => $"L{Letter('U')}-{bot}",
        IdKind.Group => Letter('C'),
        _ => Letter('R'),
    };

    /// <summary>Whether a string of unknown meaning is an id by its shape alone, and of what.</summary>
    public static bool LooksLikeId(ReadOnlySpan<byte> utf8, out IdKind kind)
    {
        kind = IdKind.User;
        switch (utf8.Length)
        {
            case LinkedUserLength:
                return utf8[0] == 'L' && utf8[1] == 'U' && utf8[1 + BotId.Length] == '-' && utf8[2 + BotId.Length] == 'U'
                    && IdText.TryReadBits(utf8.Slice(2, 32), out _) && IdText.TryReadBits(utf8[(3 + BotId.Length)..], out _);
            case BotId.Length when utf8[0] is (byte)'U' or (byte)'C' or (byte)'R':
                kind = utf8[0] switch { (byte)'U' => IdKind.User, (byte)'C' => IdKind.Group, _ => IdKind.Room };
                return IdText.TryReadBits(utf8[1..], out _);
            default:
                return false;
        }
    }

    private static bool TryReadUsual(IdKind kind, ReadOnlySpan<byte> utf8, BotId bot, out UInt128 bits)
    {
        bits = default;
        switch (kind)
        {
            case IdKind.User:
                if (utf8.Length != LinkedUserLength || utf8[0] != 'L' || utf8[1] != 'U' || utf8[1 + BotId.Length] != '-')
                    return false;
                return utf8[2 + BotId.Length] == 'U' && IdText.TryReadBits(utf8[(3 + BotId.Length)..], out var suffix) && suffix == bot.Bits && IdText.TryReadBits(utf8.Slice(2, 32), out bits);
            case IdKind.Group:
                return utf8.Length == BotId.Length && utf8[0] == 'C' && IdText.TryReadBits(utf8[1..], out bits);
            default:
                return utf8.Length == BotId.Length && utf8[0] == 'R' && IdText.TryReadBits(utf8[1..], out bits);
        }
    }

    private string Letter(char letter) => $"{letter}{Bits.ToString("x32", System.Globalization.CultureInfo.InvariantCulture)}";
}
