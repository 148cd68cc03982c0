using Line;
using ModuleGateway.Control;
using ModuleGateway.Store;
using ModuleGateway.Upstream;
using Tenancy;

namespace ModuleGateway.Routing;

/// <summary>What each connection is now. All words about it come here, from whatever door and in whatever order, and end in the same state.</summary>
/// <remarks>
/// Modules hear of a change from here, once, whoever brought the word: LINE's own webhook of it is for us, as <c>activated</c> is. Where no word tells
/// the scopes, those that are known stay, and for an account without any it is the set that every consent asks at least; LINE decides each call anyway.
/// </remarks>
internal sealed class Connections(AccountControl accounts, Notices notices, UpstreamChannels channels)
{
    /// <summary>How far LINE's clock and ours may differ: what we see ourselves is dated back by as much, so that LINE's own word on it still counts.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    /// <summary>How long before the attach was completed an event may have come that still finds its way.</summary>
    private static readonly TimeSpan WaitForAttach = TimeSpan.FromHours(1);

    /// <summary>Takes a word of one of our channels about a bot.</summary>
    /// <param name="channel">The channel that the word is about. An attach takes a bot over from an own channel, never from the Module Channel.</param>
    /// <returns>The account as it is now; null when it was never heard of and still is not.</returns>
    public AccountRow? Hear(IGatewayTransaction tx, BotId bot, ChannelId channel, ConnectionWord word)
    {
        var account = tx.Control.Account(bot);
        if (account is null && word.State == ConnectionState.Detached)
            return null;
        if (word.SaidAt < account?.ConnectionAt)
            return account; // From before what is known: it came late, and holds no more.
        if (word.SaidAt is null)
            word = word with { SaidAt = Latest(tx.Now - ClockSkew, account?.ConnectionAt?.AddMilliseconds(1)) };

        if (account is { Connection: not ConnectionState.Detached } && account.Channel != channel)
        {
            if (word.State != ConnectionState.Attached || (channels.HasControl(account.Channel) && !channels.HasControl(channel)))
                return account; // Another channel is this bot's upstream: it alone is heard. The Module Channel gives way to no other.

            // To modules, moving is a detach and an attach: LINE names people otherwise on the other channel.
            var before = account.Channel;
            account = Become(tx, account, before, new ConnectionWord(ConnectionState.Detached, word.SaidAt));
        }

        return Become(tx, account ?? new AccountRow(bot, channel, ConnectionState.Detached, [], null, 0, 0, tx.Now), channel, word);
    }

    /// <summary>An account's own channel is no longer needed: LINE is told until it agrees, and then the channel is forgotten.</summary>
    public static void LetGo(IGatewayTransaction tx, ChannelId channel)
    {
        if (tx.OwnChannels.Find(channel) is { LeaveDueAt: null } own)
            tx.OwnChannels.Put(own with { LeaveDueAt = tx.Now });
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private AccountRow Become(IGatewayTransaction tx, AccountRow before, ChannelId channel, ConnectionWord word)
    {
        var begins = word.State != ConnectionState.Detached && before.Connection == ConnectionState.Detached;
        var scopes = word.Scopes ?? (before.Scopes.Count > 0 || word.State == ConnectionState.Detached ? before.Scopes : Scopes.Base);
        var after = accounts.Change(
            tx, before,
            row => row with
            {
                Channel = channel,
                Connection = word.State,
                Scopes = scopes,
                AttachedAt = begins ? tx.Now : row.AttachedAt,
                ConnectionAt = word.SaidAt,
                UnlinkedSince = begins || word.IsConsent ? null : row.UnlinkedSince,
            },
            tx.Now);
        Tell(tx, before, after, word);
        if (word.State == ConnectionState.Detached)
            LetGo(tx, channel);

        // What came within the hour before the attach was completed finds its way now.
        if (begins)
            tx.Events.Reopen(before.Bot, channel, tx.Now - WaitForAttach);
        return after;
    }

    private void Tell(IGatewayTransaction tx, AccountRow before, AccountRow after, ConnectionWord word)
    {
        foreach (var linkage in tx.Control.LinkagesOf(after.Bot).Where(row => row.State != LinkageState.Ended))
        {
            if (after.Connection == ConnectionState.Detached && before.Connection != ConnectionState.Detached)
                tx.Deliveries.CancelOwed(linkage.Id); // What was still owed is cancelled; detached is the last thing it hears.
            if (linkage.Listens && linkage.Has(Scopes.MessageReceive))
                Tell(tx, linkage, before, after, word);
        }
    }

    private void Tell(IGatewayTransaction tx, LinkageRow linkage, AccountRow before, AccountRow after, ConnectionWord word)
    {
        switch (after.Connection)
        {
            case ConnectionState.Detached when before.Connection != ConnectionState.Detached:
                notices.Detached(tx, linkage, tx.Now, word.Reason);
                break;
            case ConnectionState.Suspended when before.Connection != ConnectionState.Suspended:
                notices.Suspended(tx, linkage, after, tx.Now);
                break;
            case ConnectionState.Attached when before.Connection == ConnectionState.Suspended:
                notices.Resumed(tx, linkage, after, tx.Now);
                break;
            case ConnectionState.Attached when before.Connection == ConnectionState.Detached || !linkage.Within(before.Scopes).SequenceEqual(linkage.Within(after.Scopes)):
                notices.Attached(tx, linkage with { Scopes = linkage.Within(after.Scopes) }, tx.Now);
                break;
            default:
                break;
        }
    }
}
