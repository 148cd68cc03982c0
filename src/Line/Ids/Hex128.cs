using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Line;

/// <summary>One letter and 32 lower-case hex digits, the shape of LINE's ids, to and from 128 bits without allocation.</summary>
internal static class Hex128
{
    private const int Digits = 32;

    public static bool TryParse(byte letter, ReadOnlySpan<byte> utf8, out UInt128 bits)
    {
        bits = default;
        if (utf8.Length != Digits + 1 || utf8[0] != letter)
            return false;

        ulong upper = 0, lower = 0;
        for (var i = 1; i <= 16; i++)
        {
            var high = Value(utf8[i]);
            var low = Value(utf8[i + 16]);
            if ((high | low) < 0)
                return false;

            upper = (upper << 4) | (uint)high;
            lower = (lower << 4) | (uint)low;
        }

        bits = new UInt128(upper, lower);
        return true;
    }

    public static bool TryParse(char letter, ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = default;
        if (text.Length != Digits + 1)
            return false;

        Span<byte> utf8 = stackalloc byte[Digits + 1];
        for (var i = 0; i < utf8.Length; i++)
        {
            if (text[i] > 0x7f)
                return false;

            utf8[i] = (byte)text[i];
        }

        return TryParse((byte)letter, utf8, out bits);
    }

    public static bool TryFormat(byte letter, UInt128 bits, Span<byte> destination)
    {
        if (destination.Length < Digits + 1)
            return false;

        destination[0] = letter;
        Span<byte> raw = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(raw, bits);
        return Convert.TryToHexStringLower(raw, destination[1..], out _);
    }

    public static string ToText(char letter, UInt128 bits) =>
        string.Create(Digits + 1, (letter, bits), static (span, state) =>
        {
            span[0] = state.letter;
            Span<byte> raw = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(raw, state.bits);
            Convert.TryToHexStringLower(raw, span[1..], out _);
        });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Value(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };
}
