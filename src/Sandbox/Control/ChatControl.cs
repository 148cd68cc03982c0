using Line;

namespace Sandbox.Control;

/// <summary>Who may answer in one chat: a channel that acquired it, the primary channel by a release or an expiry, or the default.</summary>
/// <param name="Holder">Whether a channel holds the chat, or the primary channel was given it, or nobody changed the default.</param>
/// <param name="ChannelId">The holder, where a channel holds the chat.</param>
/// <param name="ExpiresAt">End of the hold; null: until released.</param>
/// <param name="AcquiredAt">When a channel last acquired; for the few seconds in which nobody else may.</param>
/// <param name="AcquiredBy">Who last acquired.</param>
internal sealed record ChatControl(ControlHolder Holder, ChannelId? ChannelId, DateTimeOffset? ExpiresAt, DateTimeOffset? AcquiredAt, ChannelId? AcquiredBy)
{
    /// <summary>For this long after an acquire another channel's acquire is refused with 423. LINE says "moments"; its length is our choice.</summary>
    public static readonly TimeSpan Contest = TimeSpan.FromSeconds(3);

    /// <summary>Nobody changed anything: the Default Active module answers, otherwise the primary channel.</summary>
    public static readonly ChatControl Default = new(ControlHolder.Default, null, null, null, null);

    /// <summary>This control at <paramref name="now"/>: a hold that has run out has gone back, silently.</summary>
    public ChatControl At(DateTimeOffset now, ChatReturn returnsTo) =>
        Holder == ControlHolder.Channel && ExpiresAt <= now ? GivenBack(returnsTo) : this;

    /// <summary>Whether another channel took the chat moments ago.</summary>
    public bool IsContested(ChannelId by, DateTimeOffset now) => AcquiredBy is { } holder && holder != by && now - AcquiredAt < Contest;

    public static ChatControl Acquired(ChannelId by, DateTimeOffset? expiresAt, DateTimeOffset now) => new(ControlHolder.Channel, by, expiresAt, now, by);

    /// <summary>As after a release, an expiry or a detach. The contest ends with the hold.</summary>
    public static ChatControl GivenBack(ChatReturn returnsTo) =>
        Default with { Holder = returnsTo == ChatReturn.Primary ? ControlHolder.Primary : ControlHolder.Default };

    /// <summary>The one channel that is active; null when the account has none that could be.</summary>
    public ChannelId? Active(ChannelId? defaultActive, ChannelId? primary) => Holder switch
    {
        ControlHolder.Channel => ChannelId,
        ControlHolder.Primary => primary,
        _ => defaultActive ?? primary,
    };
}
