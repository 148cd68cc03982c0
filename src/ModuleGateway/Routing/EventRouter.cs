using Line;
using Line.Webhooks;
using ModuleGateway.AccountLinks;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>Decides, once per event and in the order of acceptance: what it means for control, who gets it, in which mode.</summary>
/// <remarks>All of it in the transaction that marks the event routed, so that neither retry, restart nor replay decides again.</remarks>
internal sealed class EventRouter(ChatControl control, LineControl lineControl, Connections connections, TestChats testChats, UpstreamChannels channels, EventJournal journal, Unsending unsending)
{
    /// <summary>Routes what was accepted, of each bot in order; nothing waits when it found none.</summary>
    /// <exception cref="EventFaultException">Routing one of them failed; none is routed.</exception>
    public RoutedBatch Route(IGatewayTransaction tx, int max)
    {
        var events = tx.Events.Accepted(max);
        var batch = new RoutedBatch(events.Count);
        var begun = new HashSet<BotId>();
        foreach (var row in events)
        {
            if (begun.Contains(row.Bot))
                continue; // What waited for this bot's connection came in before it: the next batch has both, in order.

            try
            {
                var before = tx.Control.Account(row.Bot);
                tx.Events.Mark(row, Route(tx, row, tx.Now, batch));
                if (tx.Control.Account(row.Bot) is { } after && (before?.Connection != after.Connection || before.Channel != after.Channel || !before.Scopes.SequenceEqual(after.Scopes)))
                {
                    batch.Reconnected.Add(row.Bot);
                    if (before?.Connection is null or ConnectionState.Detached && after.Connection != ConnectionState.Detached)
                        begun.Add(row.Bot);
                }
            }
            catch (Exception error) when (error is not StoreUnavailableException) // Named, so that the worker can set this one event aside; the store looks for its own faults inside.
            {
                throw new EventFaultException(row.Seq, error);
            }
        }

        return batch;
    }

    private EventState Route(IGatewayTransaction tx, EventRow row, DateTimeOffset now, RoutedBatch batch)
    {
        if (row.IsBlank)
            return EventState.Routed; // Erased before it could be routed.

        var body = journal.Open(row);
        var facts = EventFacts.Read(body, row.Bot);
        var channel = row.Channel!.Value; // Null only in notices of our own, which are routed when they are written.
        var account = tx.Control.Account(row.Bot);
        if (!channels.HasControl(channel) && (facts.IsModuleEvent || tx.OwnChannels.Find(channel)?.Bot != row.Bot))
            return EventState.ForeignChannel; // An account's own channel speaks for that account alone, and never of a Module Channel: its owner could sign any scopes.
        if (channel == channels.Module.Id && WordOf(facts, row) is { } word)
        {
            account = connections.Hear(tx, row.Bot, channel, word);
            return account is null ? EventState.NotConnected : account.Channel == channel ? EventState.Routed : EventState.ForeignChannel;
        }

        if (account is null or { Connection: ConnectionState.Detached })
            return EventState.NotConnected;
        if (account.Channel != channel)
            return EventState.ForeignChannel;

        foreach (var id in facts.Ids)
            tx.Control.Meet(row.Bot, id);
        if (facts.Type is EventTypes.Activated or EventTypes.Deactivated)
        {
            // LINE's own notices are for us; modules get ours.
            if (facts.Chat is { } side)
                lineControl.HearNotice(tx, account, side, facts.Type == EventTypes.Activated, facts.At ?? row.ReceivedAt, now);
            return EventState.Routed;
        }

        if (unsending.Hear(tx, row, body, facts))
            return EventState.Routed;

        if (facts.Chat is { } chat)
            RouteInChat(tx, account, row, body, facts, chat, now, batch);
        else
            RouteAlone(tx, row, body, facts);
        return EventState.Routed;
    }

    private void RouteInChat(IGatewayTransaction tx, AccountRow account, EventRow row, byte[] body, EventFacts facts, ChatKey chat, DateTimeOffset now, RoutedBatch batch)
    {
        var leaves = facts.Type is EventTypes.Unfollow or EventTypes.Leave;
        WhoIsThere.Hear(tx, facts.Type, chat, facts.Ids);
        if (facts.Type is EventTypes.Follow or EventTypes.Join)
            control.Return(tx, account, chat, facts.At ?? row.ReceivedAt, now); // Before LINE's mode is heard: that is a word on the chat as it is now.
        if (!facts.IsRedelivery && facts.Mode != ChannelMode.Unknown)
            lineControl.HearMode(tx, account, chat, facts.Mode == ChannelMode.Active, facts.At ?? row.ReceivedAt, now);

        // Before anybody is looked up: the message with the code is the first that the tried module answers.
        if (facts.Type == EventTypes.Message && chat.Kind == IdKind.User && TestChats.Expects(account, now) && WebhookReader.ReadEvent(body) is MessageEvent { Message: TextContent text })
            testChats.Hear(tx, chat, text.Text, now);

        account = tx.Control.Account(row.Bot)!;
        var (active, state) = control.Current(tx, account, chat, now);
        batch.InChats.Add(new RoutedInChat(chat, facts.IdOf(chat), row.WebhookEventId, row.Type, active, state.LineSide));
        var download = facts.Type == EventTypes.Message ? ReceivedMessages.DownloadOf(body) : null;
        foreach (var linkage in Receivers(tx, row, body, facts))
        {
            if (download is not null)
                tx.Received.Add(linkage.Id, download, now);

            // A copy is active only where LINE's was: without LINE's reply token there is nothing to answer with.
            var isActive = linkage.Id == active.Linkage && facts.Mode == ChannelMode.Active;
            tx.Deliveries.Add(new NewDelivery(row.Seq, linkage.Id, chat, row.Request, isActive, active.Epoch));
        }

        if (leaves)
            control.Leave(tx, tx.Control.Account(row.Bot)!, chat, now);
        else
            lineControl.FollowDefault(tx, tx.Control.Account(row.Bot)!, chat, now);
    }

    /// <summary>Without a source there is no chat and no active module: each linkage gets it, alone in its own lane.</summary>
    private static void RouteAlone(IGatewayTransaction tx, EventRow row, byte[] body, EventFacts facts)
    {
        foreach (var linkage in Receivers(tx, row, body, facts))
            tx.Deliveries.Add(new NewDelivery(row.Seq, linkage.Id, null, row.Request, IsActive: true, 0));
    }

    /// <summary>Who gets it: all that listen, but of an attempt to link an account only the one that began it, of a delivery only the sender.</summary>
    private static IEnumerable<LinkageRow> Receivers(IGatewayTransaction tx, EventRow row, byte[] body, EventFacts facts)
    {
        var listening = tx.Control.LinkagesOf(row.Bot).Where(linkage => linkage.Listens && linkage.Has(Scopes.MessageReceive));
        if (facts.Type == EventTypes.Delivery)
        {
            var sender = DeliveryTags.SentAs(tx, row.Bot, body)?.Linkage;
            return listening.Where(linkage => linkage.Id == sender);
        }

        if (facts.Type != EventTypes.AccountLink)
            return listening;

        var attempt = AccountLinking.AttemptOf(tx, row.Bot, body);
        return listening.Where(linkage => linkage.Id == attempt?.Linkage && linkage.IdGeneration == attempt.IdGeneration);
    }

    /// <summary>What LINE says of the connection itself; null for every other event. It is for us: modules hear from us what became of it.</summary>
    private static ConnectionWord? WordOf(EventFacts facts, EventRow row)
    {
        ConnectionState? state = facts.Type switch
        {
            EventTypes.BotSuspended => ConnectionState.Suspended,
            EventTypes.BotResumed => ConnectionState.Attached,
            EventTypes.Module when facts.ModuleChange == EventFacts.Attached => ConnectionState.Attached,
            EventTypes.Module when facts.ModuleChange == EventFacts.Detached => ConnectionState.Detached,
            _ => null,
        };
        return state is { } known
            ? new ConnectionWord(known, facts.At ?? row.ReceivedAt)
            {
                Scopes = facts.Scopes.Count > 0 ? facts.Scopes : null,
                Reason = facts.Reason,
                IsConsent = facts.ModuleChange == EventFacts.Attached,
            }
            : null;
    }
}
