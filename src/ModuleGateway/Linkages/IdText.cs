using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Line;

namespace ModuleGateway.Linkages;

/// <summary>The hex of ids, to and from bits, without allocation.</summary>
internal static class IdText
{
    /// <summary>Longest text form of an id that a module sees: a user's.</summary>
    public const int LongestForModule = 1 + BotId.Length + 1 + BotId.Length;

    /// <summary>Reads 32 lower-case hex digits.</summary>
    public static bool TryReadBits(ReadOnlySpan<byte> digits, out UInt128 bits)
    {
        bits = default;
        if (digits.Length != 32)
            return false;

        UInt128 value = 0;
        foreach (var digit in digits)
        {
            var nibble = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                _ => -1,
            };
            if (nibble < 0)
                return false;

            value = (value << 4) | (uint)nibble;
        }

        bits = value;
        return true;
    }

    /// <summary>Writes an id as modules see it and returns its length: 68 for a user, 33 for a group or room.</summary>
    public static int WriteForModule(IdKind kind, UInt128 bits, BotId bot, Span<byte> destination)
    {
        if (kind != IdKind.User)
        {
            destination[0] = kind == IdKind.Group ? (byte)'C' : (byte)'R';
            WriteBits(bits, destination[1..]);
            return BotId.Length;
        }

        destination[0] = (byte)'L';
        destination[1] = (byte)'U';
        WriteBits(bits, destination[2..]);
        destination[34] = (byte)'-';
        bot.TryFormat(destination[35..]);
        return LongestForModule;
    }

    /// <summary>Reads an id as modules write it back: its shape tells the kind. False for any other text and for a user of another bot.</summary>
    public static bool TryReadFromModule(ReadOnlySpan<byte> utf8, BotId bot, out IdKind kind, out UInt128 bits)
    {
        kind = default;
        bits = default;
        if (utf8.Length == LongestForModule)
        {
            kind = IdKind.User;
            return utf8[0] == 'L' && utf8[1] == 'U' && utf8[34] == '-' && BotId.TryParse(utf8[35..], out var suffix) && suffix == bot && TryReadBits(utf8.Slice(2, 32), out bits);
        }

        if (utf8.Length != BotId.Length || utf8[0] is not ((byte)'C' or (byte)'R'))
            return false;

        kind = utf8[0] == 'C' ? IdKind.Group : IdKind.Room;
        return TryReadBits(utf8[1..], out bits);
    }

    /// <summary>What a text names by its shape as modules write it, whichever bot it belongs to; null for any other text.</summary>
    public static IdKind? KindOf(string? text)
    {
        Span<byte> utf8 = stackalloc byte[LongestForModule];
        if (text is null || text.Length > utf8.Length || !Encoding.ASCII.TryGetBytes(text, utf8, out var length) || !UpstreamId.LooksLikeId(utf8[..length], out var kind))
            return null;

        return kind == IdKind.User && text[0] != 'L' ? null : kind; // A user of another provider's shape is none of a module's.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteBits(UInt128 bits, Span<byte> destination)
    {
        Span<byte> raw = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(raw, bits);
        Convert.TryToHexStringLower(raw, destination, out _);
    }
}
