using System.Diagnostics.CodeAnalysis;
using Line;
using Sandbox.Channels;
using Sandbox.Store;

namespace Sandbox.Modules;

/// <summary>Which module channels are attached to which Official Accounts. At most one Default Active channel per account.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class LinkageBook
{
    private const string Kind = "linkage";
    private readonly DocumentStore _store;
    private readonly ChannelDirectory _channels;
    private readonly Lock _lock = new();
    private readonly Dictionary<(ChannelId, BotId), Linkage> _linkages;

    public LinkageBook(DocumentStore store, ChannelDirectory channels)
    {
        _store = store;
        _channels = channels;
        _linkages = store.All<Linkage>(Kind).ToDictionary(linkage => (linkage.ChannelId, linkage.BotId));
    }

    public bool TryFind(ChannelId channelId, BotId botId, [NotNullWhen(true)] out Linkage? linkage)
    {
        lock (_lock)
            return _linkages.TryGetValue((channelId, botId), out linkage);
    }

    public IReadOnlyList<Linkage> OfBot(BotId botId) => Where(linkage => linkage.BotId == botId);

    public IReadOnlyList<Linkage> OfChannel(ChannelId channelId) => Where(linkage => linkage.ChannelId == channelId);

    /// <summary>The Default Active module channel attached to the account; null when there is none.</summary>
    public Channel? DefaultActive(BotId botId) =>
        OfBot(botId).Select(linkage => _channels.TryFind(linkage.ChannelId, out var channel) ? channel : null).FirstOrDefault(channel => channel is { IsDefaultActive: true });

    /// <summary>Attaches, or replaces the permissions of an attached channel.</summary>
    public AttachOutcome Attach(Channel channel, BotId botId, IReadOnlyList<string> scopes, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (channel.IsDefaultActive && DefaultActive(botId) is { } other && other.Id != channel.Id)
                return AttachOutcome.AnotherDefaultActive;

            var isNew = !_linkages.ContainsKey((channel.Id, botId));
            var linkage = new Linkage(channel.Id, botId, [.. scopes], now);
            _linkages[(channel.Id, botId)] = linkage;
            _store.Put(Kind, Key(channel.Id, botId), linkage);
            return isNew ? AttachOutcome.Attached : AttachOutcome.ScopesReplaced;
        }
    }

    /// <summary>Ends a linkage and returns it as it was; null when there was none.</summary>
    public Linkage? Detach(ChannelId channelId, BotId botId)
    {
        lock (_lock)
        {
            _store.Delete(Kind, Key(channelId, botId));
            return _linkages.Remove((channelId, botId), out var linkage) ? linkage : null;
        }
    }

    private List<Linkage> Where(Func<Linkage, bool> condition)
    {
        lock (_lock)
            return [.. _linkages.Values.Where(condition).OrderBy(linkage => linkage.BotId.ToString(), StringComparer.Ordinal)];
    }

    private static string Key(ChannelId channelId, BotId botId) => $"{channelId}|{botId}";
}
