namespace ModuleGateway.Linkages;

/// <summary>The expanded keys of linkages in use. A linkage holds its key alone, 16 bytes; expanded it is more than twenty times as much.</summary>
/// <remarks>
/// Each linkage has one place, which it shares with others; whoever maps there expands its key anew, in some 100 ns. So the cache never grows, and nobody
/// waits for anybody. Entries are immutable: a reader sees an old or a new one, each whole.
/// </remarks>
internal static class ExpandedKeys
{
    /// <summary>Places: a power of two, 4096, which come to 2 MB when all are taken.</summary>
    public const int Max = 4096;

    private static readonly Entry?[] Entries = new Entry?[Max];

    private sealed record Entry(LinkageIds Owner, AesBlock Block);

    public static AesBlock Of(LinkageIds owner, UInt128 key)
    {
        ref var place = ref Entries[owner.GetHashCode() & (Max - 1)];
        if (Volatile.Read(ref place) is { } entry && ReferenceEquals(entry.Owner, owner))
            return entry.Block;

        Span<byte> bytes = stackalloc byte[AesBlock.KeyBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
        var fresh = new Entry(owner, new AesBlock(bytes));
        Volatile.Write(ref place, fresh);
        return fresh.Block;
    }
}
