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

    /// <summary>Instead of the lanes, where they are too many: look at all that is owed.</summary>
    private const string LookAtAll = "*";

    public static string? Write(Guid process, IReadOnlyCollection<Lane> lanes) => lanes.Count switch
    {
        0 => null,
        > LanesMax => $"{process:N} {LookAtAll}",
        _ => $"{process:N} {string.Join(' ', lanes.Select(Text))}",
    };

    /// <summary>The lanes that another process names; empty for a notice of this process's own; null: look at all.</summary>
    public static IReadOnlyList<Lane>? Read(string notice, Guid process)
    {
        var parts = notice.Split(' ');
        if (parts[0] == process.ToString("N"))
            return [];
        return parts[1] == LookAtAll ? null : [.. parts.Skip(1).Select(Parse)];
    }

    private static string Text(Lane lane)
    {
        Span<byte> bytes = stackalloc byte[LongBytes];
        lane.Linkage.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        if (lane.Chat is not { } chat)
            return Convert.ToBase64String(bytes[..ShortBytes]);

        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], chat.Bot.Bits);
        bytes[32] = (byte)chat.Kind;
        BinaryPrimitives.WriteUInt128BigEndian(bytes[33..], chat.Id);
        return Convert.ToBase64String(bytes);
    }

    private static Lane Parse(string text)
    {
        ReadOnlySpan<byte> bytes = Convert.FromBase64String(text);
        var linkage = new LinkageId(new Guid(bytes[..16], bigEndian: true));
        return bytes.Length == ShortBytes
            ? new Lane(linkage, null)
            : new Lane(linkage, new ChatKey(BotId.FromBits(BinaryPrimitives.ReadUInt128BigEndian(bytes[16..])), (IdKind)bytes[32], BinaryPrimitives.ReadUInt128BigEndian(bytes[33..])));
    }
}
