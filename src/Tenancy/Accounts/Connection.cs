using Line;

namespace Tenancy;

public enum ConnectionState { Attached, Suspended, Detached }

/// <summary>Our Module Channel attached to a bot at LINE, with the scopes that LINE granted. Written by the gateway only.</summary>
public sealed class Connection : IRevisioned
{
    public required BotId BotId { get; init; }

    /// <summary>Our channel at LINE that is this bot's upstream.</summary>
    public required ChannelId ChannelId { get; set; }

    public required ConnectionState State { get; set; }

    /// <summary>LINE's scope names, in LINE's order.</summary>
    public required IReadOnlyList<string> Scopes { get; set; }

    /// <summary>As LINE's bot info says.</summary>
    public string? DisplayName { get; set; }

    public string? BasicId { get; set; }

    public string? PictureUrl { get; set; }

    public required DateTimeOffset AttachedAt { get; set; }

    public DateTimeOffset? DetachedAt { get; set; }

    public long Revision { get; set; }
}
