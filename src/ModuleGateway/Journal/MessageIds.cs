using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Line.Webhooks;
using ModuleGateway.Linkages;

namespace ModuleGateway.Journal;

/// <summary>The message that an event is about: one that was sent, edited or taken back.</summary>
internal static class MessageIds
{
    /// <summary>LINE's id of it; null where the event is about none.</summary>
    public static string? Of(string type, ReadOnlySpan<byte> body) => type switch
    {
        EventTypes.Message or EventTypes.MessageEdited => EventWord.Find(body, "message"u8, "id"u8)?.Value,
        EventTypes.Unsend => EventWord.Find(body, "unsend"u8, "messageId"u8)?.Value,
        _ => null,
    };

    /// <summary>Its place in the journal's index: LINE's ids are numbers, and grow. Null where the event is about none.</summary>
    public static long? NumberOf(string type, ReadOnlySpan<byte> body)
    {
        if (Of(type, body) is not { } message)
            return null;
        if (long.TryParse(message, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(message), digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest) | long.MinValue;
    }
}
