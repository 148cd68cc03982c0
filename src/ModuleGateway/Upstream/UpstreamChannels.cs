using System.Collections.Frozen;
using Line;
using Microsoft.Extensions.Options;

namespace ModuleGateway.Upstream;

/// <summary>Our channels at LINE, ready to check signatures.</summary>
internal sealed class UpstreamChannels
{
    private readonly FrozenDictionary<ChannelId, UpstreamChannel> _byId;

    public UpstreamChannels(IOptions<UpstreamOptions> options)
    {
        var channels = options.Value.Channels.Select(channel => new UpstreamChannel(channel)).ToList();
        _byId = channels.ToFrozenDictionary(channel => channel.Id);
        Module = channels.First(channel => channel.Kind == UpstreamKind.Module);
    }

    /// <summary>The platform's Module Channel.</summary>
    public UpstreamChannel Module { get; }

    public UpstreamChannel? Find(ChannelId id) => _byId.GetValueOrDefault(id);
}

/// <summary>One channel: its id, its secret and the checks made with it.</summary>
internal sealed class UpstreamChannel(UpstreamChannelOptions options)
{
    private readonly LineSignature _current = new(options.ChannelSecret);
    private readonly LineSignature? _previous = string.IsNullOrEmpty(options.PreviousChannelSecret) ? null : new LineSignature(options.PreviousChannelSecret);

    public ChannelId Id { get; } = ChannelId.Parse(options.ChannelId, null);

    public UpstreamKind Kind { get; } = options.Kind;

    public string Secret { get; } = options.ChannelSecret;

    /// <summary>Whether LINE signed this body for this channel, with the secret of now or, during rotation, the one before.</summary>
    public bool Signed(ReadOnlySpan<byte> body, ReadOnlySpan<char> signature) => _current.IsValid(body, signature) || (_previous?.IsValid(body, signature) ?? false);
}
