using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.Json;
using Line;
using System.Data.Common;
using ModuleGateway.Linkages;

namespace ModuleGateway.Store.Sql;

/// <summary>How our types lie in SQLite: ids as 16 bytes, instants as Unix milliseconds, lists as JSON.</summary>
internal static class SqlValues
{
    public static byte[] ToBlob(this BotId bot) => Bytes(bot.Bits);

    public static byte[] ToBlob(this Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>Kind, then id: 17 bytes.</summary>
    public static byte[] ToBlob(this ChatKey chat) => KindBlob(chat.Kind, chat.Id);

    public static byte[] KindBlob(IdKind kind, UInt128 id)
    {
        var blob = new byte[17];
        blob[0] = (byte)kind;
        BinaryPrimitives.WriteUInt128BigEndian(blob.AsSpan(1), id);
        return blob;
    }

    /// <summary>Trace, span, flags: 25 bytes.</summary>
    public static byte[] ToBlob(this ActivityContext trace)
    {
        var blob = new byte[25];
        trace.TraceId.CopyTo(blob.AsSpan(0, 16));
        trace.SpanId.CopyTo(blob.AsSpan(16, 8));
        blob[24] = (byte)trace.TraceFlags;
        return blob;
    }

    public static ActivityContext? TraceOrNull(this DbDataReader row, int i)
    {
        if (row.IsDBNull(i))
            return null;

        ReadOnlySpan<byte> blob = row.GetFieldValue<byte[]>(i);
        return new ActivityContext(ActivityTraceId.CreateFromBytes(blob[..16]), ActivitySpanId.CreateFromBytes(blob[16..24]), (ActivityTraceFlags)blob[24]);
    }

    public static long ToMillis(this DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static object? ToMillis(this DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    public static string ToJson(this IReadOnlyList<string> list) => JsonSerializer.Serialize(list);

    public static BotId Bot(this DbDataReader row, int i) => BotId.FromBits(BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(i)));

    public static Guid Guid(this DbDataReader row, int i) => new(row.GetFieldValue<byte[]>(i), bigEndian: true);

    public static Guid? GuidOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.Guid(i);

    public static DateTimeOffset At(this DbDataReader row, int i) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(i));

    public static DateTimeOffset? AtOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.At(i);

    public static byte[]? BlobOrNull(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetFieldValue<byte[]>(i);

    public static string? Text(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    public static IReadOnlyList<string> List(this DbDataReader row, int i) => JsonSerializer.Deserialize<string[]>(row.GetString(i)) ?? [];

    public static ChatKey Chat(this DbDataReader row, int botColumn, int chatColumn)
    {
        var blob = row.GetFieldValue<byte[]>(chatColumn);
        return new ChatKey(row.Bot(botColumn), (IdKind)blob[0], BinaryPrimitives.ReadUInt128BigEndian(blob.AsSpan(1)));
    }

    private static byte[] Bytes(UInt128 bits)
    {
        var blob = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(blob, bits);
        return blob;
    }
}
