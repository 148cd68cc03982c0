using System.Buffers;
using System.Text;
using Line.Webhooks;
using ModuleGateway.AccountLinks;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Routing;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Tokens;

namespace ModuleGateway.Delivery;

/// <summary>A delivery with the event that it owes.</summary>
internal sealed record Owed(DeliveryRow Delivery, EventRow Event)
{
    /// <summary>Of an <c>accountLink</c> event: the receiver's attempt that it is about.</summary>
    public AccountLinkRow? Link { get; init; }

    /// <summary>Of a <c>delivery</c> event: the notification message that it is about.</summary>
    public DeliveryTagRow? Sent { get; init; }
}

/// <summary>Writes the webhook body that one module gets: LINE's bytes, spliced.</summary>
internal sealed class DeliveryComposer(EventJournal journal, ReplyTokens replyTokens, ReadTokens readTokens, AccountLinking links, DeliveryTags tags)
{
    /// <summary>What a delivery needs beside its row; null: what its event said is gone.</summary>
    public Owed? Read(IGatewayTransaction tx, DeliveryRow delivery)
    {
        if (tx.Events.Find(delivery.EventSeq) is not { IsBlank: false } @event)
            return null;

        return @event.Type switch
        {
            EventTypes.AccountLink => new Owed(delivery, @event) { Link = AccountLinking.AttemptOf(tx, @event.Bot, journal.Open(@event)) },
            EventTypes.Delivery => new Owed(delivery, @event) { Sent = DeliveryTags.SentAs(tx, @event.Bot, journal.Open(@event)) },
            _ => new Owed(delivery, @event),
        };
    }

    /// <param name="to">The linkage that gets it.</param>
    /// <param name="batch">Events of one LINE request and one chat, in LINE's order; at least one.</param>
    /// <param name="isRedelivery">Whether an earlier try may have arrived. What a replay sends always says so.</param>
    public byte[] Compose(LinkedModule to, IReadOnlyList<Owed> batch, bool isRedelivery)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("{\"destination\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(to.Row.Bot.ToString()));
        output.Write("\",\"events\":["u8);
        for (var i = 0; i < batch.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            Write(to, batch[i], isRedelivery || batch[i].Delivery.Replay is not null, output);
        }

        output.Write("]}"u8);
        return output.WrittenSpan.ToArray();
    }

    private void Write(LinkedModule to, Owed owed, bool isRedelivery, ArrayBufferWriter<byte> output)
    {
        var original = journal.Open(owed.Event);
        var (delivery, @event) = owed;
        if (owed.Link is { } link && EventWord.Find(original, "link"u8, "nonce"u8) is { } nonce)
            original = nonce.Replace(original, links.NonceOf(link));
        if (owed.Sent is { } sent)
            original = tags.PutBack(original, sent);
        var terms = new CopyTerms(to.Ids, delivery.IsActive, delivery is { IsActive: true, Chat: { } chat } ? ReplyToken(to, original, delivery, chat, @event) : null, isRedelivery)
        {
            // Notices of ours, and what has no chat, say their mode themselves.
            KeepsMode = @event.Channel is null || delivery.Chat is null,
            SealMarkAsReadToken = delivery.Chat is { } room ? token => readTokens.Seal(new ReadGrant(delivery.Linkage, to.Row.IdGeneration, room, token), Sealer.VersionOf(@event.SealedBody)) : null,
        };
        EventCopy.Write(original, terms, output);
    }

    private string? ReplyToken(LinkedModule to, byte[] original, DeliveryRow delivery, ChatKey chat, EventRow @event)
    {
        var lineToken = ScannedEvent.Read(original).ReplyToken;
        return lineToken.IsPresent ? replyTokens.Seal(new ReplyGrant(@event.Seq, delivery.Linkage, to.Row.IdGeneration, chat, delivery.Epoch, lineToken.ToString()), Sealer.VersionOf(@event.SealedBody)) : null;
    }
}
