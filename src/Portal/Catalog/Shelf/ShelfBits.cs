using System.Numerics;

namespace Portal.Catalog.Shelf;

/// <summary>A set of places on the shelf, one bit each: sets are combined and counted 64 places at a time.</summary>
internal sealed class ShelfBits(int places)
{
    private readonly ulong[] _words = new ulong[(places + 63) / 64];

    public void Add(int place) => _words[place >> 6] |= 1UL << (place & 63);

    public bool Has(int place) => (_words[place >> 6] & (1UL << (place & 63))) != 0;

    /// <summary>Takes what is in the other set too; the other may be of a smaller shelf.</summary>
    public void AddAll(ShelfBits other)
    {
        for (var i = 0; i < other._words.Length; i++)
            _words[i] |= other._words[i];
    }

    /// <summary>Leaves only what is in the other set too.</summary>
    public void Keep(ShelfBits other)
    {
        for (var i = 0; i < _words.Length; i++)
            _words[i] &= other._words[i];
    }

    public int Count()
    {
        var count = 0;
        foreach (var word in _words)
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>How many places both sets have.</summary>
    public int CountWith(ShelfBits other)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(_words.Length, other._words.Length); i++)
            count += BitOperations.PopCount(_words[i] & other._words[i]);
        return count;
    }

    public IEnumerable<int> Places()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var rest = _words[i]; rest != 0; rest &= rest - 1)
                yield return (i << 6) + BitOperations.TrailingZeroCount(rest);
        }
    }
}
