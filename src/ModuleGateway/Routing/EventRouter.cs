using System.Data.Common;
using Line;
using Line.Webhooks;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>Decides, once per event and in the order of acceptance: what it means for control, who gets it, in which mode.</summary>
/// <remarks>All of it in the transaction that marks the event routed, so that neither retry, restart nor replay decides again.</remarks>
internal sealed class EventRouter(ChatControl control, LineControl lineControl, AccountControl accounts, TestChats testChats, UpstreamChannels channels, EventJournal journal)
{
    /// <summary>How far LINE's clock and ours may differ: a word of LINE's that is older than an attach by more than this came late.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    /// <summary>Routes what was accepted, of each bot in order; nothing waits when it took none.</summary>
    /// <exception cref="EventFaultException">Routing one of them failed; none is routed.</exception>
    public RoutedBatch Route(IGatewayTransaction tx, int max)
    {
        var events = tx.Events.Accepted(max);
        var batch = new RoutedBatch(events.Count);
        foreach (var row in events)
        {
            try
            {
                var before = tx.Control.Account(row.Bot);
                tx.Events.Mark(row.Seq, Route(tx, row, tx.Now, batch));
                if (tx.Control.Account(row.Bot) is { } after && (before?.Connection != after.Connection || !before.Scopes.SequenceEqual(after.Scopes)))
                    batch.Reconnected.Add(row.Bot);
            }
            catch (Exception error) when (error is not DbException) // Named, so that the worker can set this one event aside. What the store has to say is not the event's fault.
            {
                throw new EventFaultException(row.Seq, error);
            }
        }

        return batch;
    }

    private EventState Route(IGatewayTransaction tx, EventRow row, DateTimeOffset now, RoutedBatch batch)
    {
        var body = journal.Open(row);
        var facts = EventFacts.Read(body, row.Bot);
        var account = tx.Control.Account(row.Bot);
        if (facts.IsModuleEvent && row.Channel == channels.Module.Id)
            account = FollowLine(tx, account, row, facts, now);
        if (account is null)
            return EventState.NotConnected;
        if (account.Channel != row.Channel)
            return EventState.ForeignChannel;
        if (account.Connection == ConnectionState.Detached && !facts.IsModuleEvent)
            return EventState.NotConnected;

        foreach (var id in facts.Ids)
            tx.Control.Meet(row.Bot, id);
        if (facts.Type is EventTypes.Activated or EventTypes.Deactivated)
        {
            // LINE's own notices are for us; modules get ours.
            if (facts.Chat is { } side)
                lineControl.HearNotice(tx, account, side, facts.Type == EventTypes.Activated, facts.At ?? row.ReceivedAt, now);
            return EventState.Routed;
        }

        if (facts.Chat is { } chat)
            RouteInChat(tx, account, row, body, facts, chat, now, batch);
        else
            RouteAlone(tx, row);
        return EventState.Routed;
    }

    private void RouteInChat(IGatewayTransaction tx, AccountRow account, EventRow row, byte[] body, EventFacts facts, ChatKey chat, DateTimeOffset now, RoutedBatch batch)
    {
        var leaves = facts.Type is EventTypes.Unfollow or EventTypes.Leave;
        WhoIsThere.Hear(tx, facts.Type, chat, facts.Ids);
        if (!facts.IsRedelivery && facts.Mode != ChannelMode.Unknown)
            lineControl.HearMode(tx, account, chat, facts.Mode == ChannelMode.Active, facts.At ?? row.ReceivedAt, now);

        // Before anybody is looked up: the message with the code is the first that the tried module answers.
        if (facts.Type == EventTypes.Message && chat.Kind == IdKind.User && TestChats.Expects(account, now) && WebhookReader.ReadEvent(body) is MessageEvent { Message: TextContent text })
            testChats.Hear(tx, chat, text.Text, now);

        account = tx.Control.Account(row.Bot)!;
        var (active, _) = control.Current(tx, account, chat, now);
        batch.InChats.Add(new RoutedInChat(chat, row.WebhookEventId, row.Type, active));
        foreach (var linkage in tx.Control.LinkagesOf(row.Bot).Where(linkage => linkage.Listens && linkage.Has(Scopes.MessageReceive)))
        {
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
    private static void RouteAlone(IGatewayTransaction tx, EventRow row)
    {
        foreach (var linkage in tx.Control.LinkagesOf(row.Bot).Where(linkage => linkage.Listens && linkage.Has(Scopes.MessageReceive)))
            tx.Deliveries.Add(new NewDelivery(row.Seq, linkage.Id, null, row.Request, IsActive: true, 0));
    }

    /// <summary>What LINE says of the connection itself holds from this event on.</summary>
    private AccountRow? FollowLine(IGatewayTransaction tx, AccountRow? account, EventRow row, EventFacts facts, DateTimeOffset now)
    {
        var state = facts.Type switch
        {
            EventTypes.BotSuspended => ConnectionState.Suspended,
            EventTypes.BotResumed => ConnectionState.Attached,
            _ when facts.ModuleChange == EventFacts.Attached => ConnectionState.Attached,
            _ when facts.ModuleChange == EventFacts.Detached => ConnectionState.Detached,
            _ => account?.Connection ?? ConnectionState.Detached,
        };
        if (account is null && state != ConnectionState.Attached)
            return null;
        if (account is { Connection: not ConnectionState.Detached } && facts.At < account.AttachedAt - ClockSkew)
            return account; // From before the last attach: it came late, and holds no more.

        return Connect(tx, row.Bot, row.Channel!.Value, state, facts.Scopes.Count > 0 ? facts.Scopes : null, now);
    }

    /// <summary>Writes what the connection is now; from the attach's callback and from LINE's webhook alike, in any order.</summary>
    public AccountRow Connect(IGatewayTransaction tx, BotId bot, ChannelId channel, ConnectionState state, IReadOnlyList<string>? scopes, DateTimeOffset now)
    {
        var account = tx.Control.Account(bot) ?? new AccountRow(bot, channel, ConnectionState.Detached, [], null, 0, 0, now);
        var begins = state == ConnectionState.Attached && account.Connection == ConnectionState.Detached;
        account = accounts.Change(
            tx, account,
            row => row with { Channel = channel, Connection = state, Scopes = scopes ?? row.Scopes, AttachedAt = begins ? now : row.AttachedAt },
            now);

        // What came within the hour before the attach was completed finds its way now.
        if (begins)
            tx.Events.Reopen(bot, channel, now - TimeSpan.FromHours(1));
        return account;
    }
}
