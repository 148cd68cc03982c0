using System.Buffers.Binary;
using Line;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Store.PostgreSql;

/// <summary>What a commit says to the other processes: in these lanes something is owed. PostgreSQL carries texts of up to 8000 bytes.</summary>
internal static class OwedNotice
{
    private const int LanesMax = 100;
    private const int ShortBytes = 16;
    private const int LongBytes = 16 + 16 + 1 + 16;
    private const int ReplayBytes = 8;

    /// <summary>Instead of the lanes, where they are too many: look at all that is owed.</summary>
    private const string LookAtAll = "*";

    public static string? Write(Guid process, IReadOnlyCollection<Lane> lanes) => lanes.Count switch
    {
        0 => null,
        > LanesMax => $"{process:N} {LookAtAll}",
        _ => $"{process:N} {string.Join(' ', lanes.Select(Text))}",
    };

    /// <summary>The lanes that another process names; empty for a notice of this process's own; null: look at all, also where it is written in a way that this process does not know.</summary>
    public static IReadOnlyList<Lane>? Read(string notice, Guid process)
    {
        var parts = notice.Split(' ');
        if (parts[0] == process.ToString("N"))
            return [];

        var lanes = new List<Lane>(parts.Length);
        foreach (var part in parts.Skip(1))
        {
            if (Parse(part) is not { } lane)
                return null;
            lanes.Add(lane);
        }

        return lanes.Count > 0 ? lanes : null;
    }

    private static string Text(Lane lane)
    {
        Span<byte> bytes = stackalloc byte[LongBytes + ReplayBytes];
        lane.Linkage.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var length = ShortBytes;
        if (lane.Chat is { } chat)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], chat.Bot.Bits);
            bytes[32] = (byte)chat.Kind;
            BinaryPrimitives.WriteUInt128BigEndian(bytes[33..], chat.Id);
            length = LongBytes;
        }

        if (lane.Replay is { } replay)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes[length..], replay);
            length += ReplayBytes;
        }

        return Convert.ToBase64String(bytes[..length]);
    }

    private static Lane? Parse(string text)
    {
        Span<byte> buffer = stackalloc byte[LongBytes + ReplayBytes];
        if (!Convert.TryFromBase64String(text, buffer, out var length) || length is not (ShortBytes or LongBytes or ShortBytes + ReplayBytes or LongBytes + ReplayBytes))
            return null;

        ReadOnlySpan<byte> bytes = buffer[..length];
        var linkage = new LinkageId(new Guid(bytes[..16], bigEndian: true));
        long? replay = length is ShortBytes + ReplayBytes or LongBytes + ReplayBytes ? BinaryPrimitives.ReadInt64BigEndian(bytes[^ReplayBytes..]) : null;
        return bytes.Length < LongBytes
            ? new Lane(linkage, null, replay)
            : new Lane(linkage, new ChatKey(BotId.FromBits(BinaryPrimitives.ReadUInt128BigEndian(bytes[16..])), (IdKind)bytes[32], BinaryPrimitives.ReadUInt128BigEndian(bytes[33..])), replay);
    }
}
