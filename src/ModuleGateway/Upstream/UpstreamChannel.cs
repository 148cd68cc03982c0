using Line;
using ModuleGateway.Journal;

namespace ModuleGateway.Upstream;

/// <summary>One channel: its id, its secret and the checks made with it. Immutable.</summary>
/// <param name="previousSecret">The secret before the last change; null or empty when there is none.</param>
internal sealed class UpstreamChannel(ChannelId id, UpstreamKind kind, string secret, string? previousSecret)
{
    private readonly LineSignature _current = new(secret);
    private readonly LineSignature? _previous = string.IsNullOrEmpty(previousSecret) ? null : new LineSignature(previousSecret);

    public ChannelId Id { get; } = id;

    public UpstreamKind Kind { get; } = kind;

    public string Secret { get; } = secret;

    /// <summary>The one bot that an Official Account's own channel speaks for; null for a Module Channel, which speaks for all that it is attached to.</summary>
    public BotId? OnlyBot { get; init; }

    /// <summary>Until when the previous secret counts; null: as long as it is configured.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>With which secret LINE signed this body for this channel, that of now or, during rotation, the one before; null: it did not.</summary>
    public SigningSecret? Signed(ReadOnlySpan<byte> body, ReadOnlySpan<char> signature, DateTimeOffset now)
    {
        if (_current.IsValid(body, signature))
            return SigningSecret.Current;

        return !(PreviousUntil <= now) && (_previous?.IsValid(body, signature) ?? false) ? SigningSecret.Previous : null;
    }
}
