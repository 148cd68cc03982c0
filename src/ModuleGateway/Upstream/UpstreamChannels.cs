using System.Collections.Frozen;
using System.Text;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Security;
using ModuleGateway.Store;

namespace ModuleGateway.Upstream;

/// <summary>Our channels at LINE, ready to check signatures: the configured ones, and those that owners lent us, as of the last look at the store.</summary>
/// <remarks>One immutable picture; a request takes what it finds there. A channel that another process has just added is found by <see cref="FindAsync"/>.</remarks>
internal sealed partial class UpstreamChannels : IDisposable
{
    /// <summary>Strangers may ask for channels that nobody has: the store is asked for them this often at most.</summary>
    private static readonly TimeSpan MissPause = TimeSpan.FromMilliseconds(250);

    private readonly IGatewayStore _store;
    private readonly Vault _vault;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly FrozenDictionary<ChannelId, UpstreamChannel> _configured;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Picture _picture;
    private long _missedAt;

    public UpstreamChannels(IOptions<UpstreamOptions> options, IGatewayStore store, Vault vault, StoreClock clock, ILogger<UpstreamChannels> log)
    {
        (_store, _vault, _clock, _log) = (store, vault, clock, log);
        var channels = options.Value.Channels.Select(channel =>
            new UpstreamChannel(ChannelId.Parse(channel.ChannelId, null), channel.Kind, channel.ChannelSecret, channel.PreviousChannelSecret)).ToList();
        _configured = channels.ToFrozenDictionary(channel => channel.Id);
        _picture = new Picture(-1, _configured);
        Module = channels.First(channel => channel.Kind == UpstreamKind.Module);
    }

    /// <summary>The platform's Module Channel.</summary>
    public UpstreamChannel Module { get; }

    public UpstreamChannel? Find(ChannelId id) => _picture.ById.GetValueOrDefault(id);

    /// <summary>As <see cref="Find"/>; one that is not in the picture is looked for in the store first.</summary>
    public async ValueTask<UpstreamChannel?> FindAsync(ChannelId id, CancellationToken cancellationToken)
    {
        if (Find(id) is { } known)
            return known;

        var last = Interlocked.Read(ref _missedAt);
        if (last != 0 && _clock.GetElapsedTime(last) < MissPause)
            return null;

        Interlocked.Exchange(ref _missedAt, _clock.GetTimestamp());
        await RefreshAsync(cancellationToken);
        return Find(id);
    }

    /// <summary>Whether chat control is LINE's to give on this channel. On an account's own channel there is nothing to call.</summary>
    /// <remarks>From the configuration alone, so that every process decides alike whatever its picture.</remarks>
    public bool HasControl(ChannelId id) => IsConfigured(id) && _configured[id].Kind == UpstreamKind.Module;

    public bool IsConfigured(ChannelId id) => _configured.ContainsKey(id);

    /// <summary>Whether a word of this channel can be about this bot at all; which bots are its own at the moment is not decided here.</summary>
    public bool MaySpeakFor(ChannelId id, BotId bot) => HasControl(id) || Find(id)?.OnlyBot == bot;

    /// <summary>Takes up what changed in the store since the last look.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var known = _picture.Revision;
            var (revision, rows) = await _store.ReadAsync(
                tx => tx.OwnChannels.Revision is var current && current != known ? (current, tx.OwnChannels.All()) : (known, null), cancellationToken);
            if (rows is not null)
                _picture = new Picture(revision, _configured.Values.Concat(rows.Where(row => !IsConfigured(row.Id)).Select(Open).OfType<UpstreamChannel>()).ToFrozenDictionary(channel => channel.Id));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A lent channel's secret, sealed for the store.</summary>
    public byte[] Seal(string secret) => _vault.ChannelSecrets.Seal(Encoding.UTF8.GetBytes(secret));

    /// <summary>A secret that <see cref="Seal"/> sealed.</summary>
    public string Unseal(byte[] sealedSecret) =>
        Encoding.UTF8.GetString(_vault.ChannelSecrets.OpenStored(sealedSecret, "A channel's secret"));

    public void Dispose() => _turn.Dispose();

    private UpstreamChannel? Open(OwnChannelRow row)
    {
        if (_vault.ChannelSecrets.Open(row.SealedSecret) is null)
        {
            Log.SecretUnreadable(_log, row.Id.ToString()); // This channel cannot be served, all the others can.
            return null;
        }

        return new UpstreamChannel(row.Id, UpstreamKind.MessagingApi, Unseal(row.SealedSecret), row.SealedPreviousSecret is { } previous ? Unseal(previous) : null)
        {
            OnlyBot = row.Bot,
            PreviousUntil = row.PreviousUntil,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(702, LogLevel.Error, "The secret of channel {Channel} was sealed with other keys than this gateway's; its owner must give it again.")]
        public static partial void SecretUnreadable(ILogger logger, string channel);
    }

    private sealed record Picture(long Revision, FrozenDictionary<ChannelId, UpstreamChannel> ById);
}
