using System.Numerics;

namespace ModuleGateway.Linkages;

/// <summary>What a module names for itself, and LINE keeps once for all modules of an account.</summary>
internal enum NameKind : byte
{
    /// <summary>A rich menu alias: 1 to 32 of <c>a-z 0-9 _ -</c>.</summary>
    Alias = 1,

    /// <summary>An aggregation unit: 1 to 30 of <c>a-z A-Z 0-9 _</c>.</summary>
    Unit = 2,
}

/// <summary>Names of one linkage's as LINE keeps them: a keyed permutation of all the names of a kind, both ways, without a table.</summary>
/// <remarks>
/// The n-th of all names becomes the m-th: a balanced Feistel network over AES, walked on until it comes out at a name. So two modules may each have
/// an alias <c>menu-b</c>, no module can write another's, and what LINE says of another's reads as noise.
/// </remarks>
internal static class ModuleNames
{
    private const int Rounds = 10;
    private static readonly Space Aliases = new("abcdefghijklmnopqrstuvwxyz0123456789_-", 32, HalfBits: 84);
    private static readonly Space Units = new("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", 30, HalfBits: 90);

    /// <param name="Letters">The alphabet.</param>
    /// <param name="LengthMax">Of a name.</param>
    /// <param name="HalfBits">Half of the bits that number all names, and as few as do.</param>
    private sealed record Space(string Letters, int LengthMax, int HalfBits)
    {
        public BigInteger Count { get; } = Enumerable.Range(1, LengthMax).Aggregate(BigInteger.Zero, (sum, length) => sum + BigInteger.Pow(Letters.Length, length));
    }

    /// <summary>LINE's name for a name of the module's. Null when it is none: LINE refuses it in its own words.</summary>
    public static string? ToLine(AesBlock block, NameKind kind, string name) => Map(block, kind, name, isForward: true);

    /// <summary>The module's name for a name of LINE's; noise for another linkage's. Null when it is no name of this kind.</summary>
    public static string? FromLine(AesBlock block, NameKind kind, string name) => Map(block, kind, name, isForward: false);

    private static string? Map(AesBlock block, NameKind kind, string name, bool isForward)
    {
        var space = kind == NameKind.Alias ? Aliases : Units;
        if (name.Length is 0 || name.Length > space.LengthMax || NumberOf(space, name) is not { } number)
            return null;

        do
        {
            number = Permute(block, kind, space, number, isForward);
        }
        while (number >= space.Count);
        return NameOf(space, number);
    }

    private static BigInteger Permute(AesBlock block, NameKind kind, Space space, BigInteger number, bool isForward)
    {
        var mask = (UInt128.One << space.HalfBits) - 1;
        var (left, right) = ((UInt128)(number >> space.HalfBits), (UInt128)(number & (BigInteger)mask));
        for (var i = 0; i < Rounds; i++)
        {
            if (isForward)
                (left, right) = (right, left ^ (Round(i, right) & mask));
            else
                (left, right) = (right ^ (Round(Rounds - 1 - i, left) & mask), left);
        }

        return ((BigInteger)left << space.HalfBits) | right;

        // A half has 90 bits at most: kind and round stand above it.
        UInt128 Round(int round, UInt128 half) => block.Encrypt(half | new UInt128(((ulong)kind << 56) | ((ulong)round << 48), 0));
    }

    /// <summary>Names in the order of their length, then of their letters, counted from 0.</summary>
    private static BigInteger? NumberOf(Space space, string name)
    {
        var number = BigInteger.Zero;
        foreach (var letter in name)
        {
            var digit = space.Letters.IndexOf(letter);
            if (digit < 0)
                return null;
            number = (number * space.Letters.Length) + digit + 1;
        }

        return number - 1;
    }

    private static string NameOf(Space space, BigInteger number)
    {
        Span<char> name = stackalloc char[space.LengthMax];
        var at = name.Length;
        for (number += 1; number > 0; number = (number - 1) / space.Letters.Length)
            name[--at] = space.Letters[(int)((number - 1) % space.Letters.Length)];
        return new string(name[at..]);
    }
}
