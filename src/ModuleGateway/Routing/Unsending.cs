using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Line.Webhooks;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Store;

namespace ModuleGateway.Routing;

/// <summary>A customer takes a message back: what is stored of it goes, delivered or not; what is still owed of it is cancelled. Modules hear <c>unsend</c>.</summary>
/// <remarks>Source: LINE Messaging API reference, "Unsend event": LINE asks that the message be shown and used no more.</remarks>
internal sealed class Unsending(EventJournal journal)
{
    /// <summary>Nobody takes a message back sooner. One that comes to us later than this may have been overtaken by its <c>unsend</c>.</summary>
    private static readonly TimeSpan SoonestAfter = TimeSpan.FromSeconds(1);

    /// <param name="tx">The transaction that routes the event.</param>
    /// <param name="row">The event.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="facts">What routing reads from it.</param>
    /// <param name="isUnsent">True for a message that was taken back before it came: it is blank already, and goes to nobody.</param>
    /// <returns>The number of the message that the event is about; null where it is about none.</returns>
    public long? Hear(IGatewayTransaction tx, EventRow row, ReadOnlySpan<byte> body, EventFacts facts, out bool isUnsent)
    {
        isUnsent = false;
        if (MessageOf(facts.Type, body) is not { } message)
            return null;

        var number = NumberOf(message);
        if (facts.Type == EventTypes.Unsend)
            Blank(tx, row, number, message);
        else if (MayBeLate(facts, row) && Find(tx, row, number, message).Any(other => other.Type == EventTypes.Unsend))
        {
            tx.Events.Blank(row.Seq);
            isUnsent = true;
        }

        return number;
    }

    /// <summary>The message's place in the journal's index: LINE's ids are numbers, and grow.</summary>
    private static long NumberOf(string message)
    {
        if (long.TryParse(message, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(message), digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest) | long.MinValue;
    }

    private static string? MessageOf(string type, ReadOnlySpan<byte> body) => type switch
    {
        EventTypes.Message or EventTypes.MessageEdited => EventWord.Find(body, "message"u8, "id"u8)?.Value,
        EventTypes.Unsend => EventWord.Find(body, "unsend"u8, "messageId"u8)?.Value,
        _ => null,
    };

    private static bool MayBeLate(EventFacts facts, EventRow row) => facts.IsRedelivery || facts.At is not { } at || row.ReceivedAt - at >= SoonestAfter;

    private void Blank(IGatewayTransaction tx, EventRow unsend, long number, string message)
    {
        foreach (var row in Find(tx, unsend, number, message).Where(row => row.Type != EventTypes.Unsend))
        {
            tx.Events.Blank(row.Seq);
            tx.Deliveries.CancelOwed(row.Seq);
        }

        if (ReceivedMessages.IsId(message))
        {
            foreach (var linkage in tx.Control.LinkagesOf(unsend.Bot))
                tx.Received.Remove(linkage.Id, message);
        }
    }

    private List<EventRow> Find(IGatewayTransaction tx, EventRow one, long number, string message) =>
        [.. tx.Events.AboutMessage(one.Bot, number).Where(row => row.Seq != one.Seq && !row.IsBlank && MessageOf(row.Type, journal.Open(row)) == message)];
}
