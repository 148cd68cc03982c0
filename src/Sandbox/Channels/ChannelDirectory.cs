using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Line;
using Sandbox.Store;

namespace Sandbox.Channels;

/// <summary>All channels, of both kinds. At most one primary channel per Official Account.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class ChannelDirectory
{
    private const string Kind = "channel";
    private readonly DocumentStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<ChannelId, Channel> _channels;

    public ChannelDirectory(DocumentStore store)
    {
        _store = store;
        _channels = store.All<Channel>(Kind).ToDictionary(channel => channel.Id);
    }

    public static ChannelId NewId() => ChannelId.Parse(RandomNumberGenerator.GetInt32(1_000_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture), null);

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public IReadOnlyList<Channel> All()
    {
        lock (_lock)
            return [.. _channels.Values.OrderBy(channel => channel.Id.ToString(), StringComparer.Ordinal)];
    }

    public bool TryFind(ChannelId id, [NotNullWhen(true)] out Channel? channel)
    {
        lock (_lock)
            return _channels.TryGetValue(id, out channel);
    }

    public bool TryFind(string? id, [NotNullWhen(true)] out Channel? channel)
    {
        channel = null;
        return ChannelId.TryParse(id, null, out var parsed) && TryFind(parsed, out channel);
    }

    /// <summary>The account's primary channel; null when it has none.</summary>
    public Channel? PrimaryOf(BotId botId)
    {
        lock (_lock)
            return _channels.Values.FirstOrDefault(channel => channel.PrimaryOf == botId);
    }

    /// <summary>Adds a channel; false when its id is taken, or its account has a primary channel already.</summary>
    public bool TryAdd(Channel channel)
    {
        lock (_lock)
        {
            if (_channels.ContainsKey(channel.Id) || (channel.PrimaryOf is { } botId && PrimaryOf(botId) is not null))
                return false;

            Save(channel);
            return true;
        }
    }

    /// <summary>Changes a channel's settings; null when there is none with this id.</summary>
    public Channel? Change(ChannelId id, Func<Channel, Channel> change)
    {
        lock (_lock)
        {
            if (!_channels.TryGetValue(id, out var channel))
                return null;

            var changed = change(channel);
            Save(changed);
            return changed;
        }
    }

    public bool Remove(ChannelId id)
    {
        lock (_lock)
        {
            _store.Delete(Kind, id.ToString());
            return _channels.Remove(id);
        }
    }

    /// <summary>Lays the configured module channel over the stored one; what the console alone knows (keys) stays.</summary>
    public void Apply(ModuleChannelOptions options)
    {
        var id = ChannelId.Parse(options.ChannelId, null);
        lock (_lock)
        {
            var keys = _channels.TryGetValue(id, out var stored) ? stored.Keys : [];
            Save(new Channel(
                id, ChannelKind.Module, options.Name, Provider: "module-market", options.ChannelSecret, PrimaryOf: null, options.DefaultActive,
                options.WebhookUrl, UsesWebhook: true, options.Redelivery, options.RedirectUrls ?? [], keys));
        }
    }

    private void Save(Channel channel)
    {
        _channels[channel.Id] = channel;
        _store.Put(Kind, channel.Id.ToString(), channel);
    }
}
