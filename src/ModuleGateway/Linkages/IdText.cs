using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using Line;

namespace ModuleGateway.Linkages;

/// <summary>The hex of ids, to and from bits, without allocation.</summary>
internal static class IdText
{
    /// <summary>Longest text form of an id that a module sees: a user's.</summary>
    public const int LongestForModule = 1 + BotId.Length + 1 + BotId.Length;

    /// <summary>Reads 32 lower-case hex digits.</summary>
    /// <remarks>Sixteen digits at a time: digit by digit this cost more than the permutation itself.</remarks>
    public static bool TryReadBits(ReadOnlySpan<byte> digits, out UInt128 bits)
    {
        bits = default;
        if (digits.Length != 32)
            return false;

        var areHex = Nibbles(Vector128.Create(digits[..16]), out var upper) & Nibbles(Vector128.Create(digits[16..]), out var lower);
        if (areHex != Vector128<byte>.AllBitsSet)
            return false;

        Span<byte> bytes = stackalloc byte[16];
        Vector128.Narrow(Pairs(upper), Pairs(lower)).CopyTo(bytes);
        bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
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
            return utf8[0] == 'L' && utf8[1] == 'U' && utf8[34] == '-' && utf8[35] == 'U' && TryReadBits(utf8[36..], out var suffix) && suffix == bot.Bits && TryReadBits(utf8.Slice(2, 32), out bits);
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

    /// <summary>What each character is worth; all bits set in the answer where it is a digit from 0 to f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Nibbles(Vector128<byte> characters, out Vector128<byte> nibbles)
    {
        var (digits, letters) = (characters - Vector128.Create((byte)'0'), characters - Vector128.Create((byte)'a'));
        var isDigit = Vector128.LessThan(digits, Vector128.Create((byte)10)); // Unsigned: whatever stands below wraps around and is large.
        var isLetter = Vector128.LessThan(letters, Vector128.Create((byte)6));
        nibbles = Vector128.ConditionalSelect(isDigit, digits, letters + Vector128.Create((byte)10));
        return isDigit | isLetter;
    }

    /// <summary>Two nibbles each, the first of them in the low byte, to the byte that they are in writing order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Pairs(Vector128<byte> nibbles)
    {
        var pairs = nibbles.AsUInt16();
        return (Vector128.ShiftLeft(pairs, 4) | Vector128.ShiftRightLogical(pairs, 8)) & Vector128.Create((ushort)0xff);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteBits(UInt128 bits, Span<byte> destination)
    {
        Span<byte> raw = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(raw, bits);
        Convert.TryToHexStringLower(raw, destination, out _);
    }
}
