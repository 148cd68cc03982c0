using Line.Webhooks;
using ModuleGateway.Journal;
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
    /// <returns>True for a message that was taken back before it came: it is blank now, and goes to nobody.</returns>
    public bool Hear(IGatewayTransaction tx, EventRow row, ReadOnlySpan<byte> body, EventFacts facts)
    {
        if (row.Message is not { } number)
            return false;
        if (facts.Type == EventTypes.Unsend)
        {
            Blank(tx, row, number, MessageIds.Of(facts.Type, body)!);
            return false;
        }

        if (!MayBeLate(facts, row) || !Find(tx, row, number, MessageIds.Of(facts.Type, body)!).Any(other => other.Type == EventTypes.Unsend))
            return false;

        tx.Events.Blank(row.Seq);
        return true;
    }

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

    /// <summary>Only of what was routed: nobody takes back, or is taken back, by what another channel signed.</summary>
    private List<EventRow> Find(IGatewayTransaction tx, EventRow one, long number, string message) =>
        [.. tx.Events.AboutMessage(one.Bot, number).Where(row => row.Seq != one.Seq && row.State == EventState.Routed && !row.IsBlank && MessageIds.Of(row.Type, journal.Open(row)) == message)];
}
