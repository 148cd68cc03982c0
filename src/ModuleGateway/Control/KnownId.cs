using ModuleGateway.Linkages;

namespace ModuleGateway.Control;

/// <summary>Whether a user, group or room is there, by the last word on it.</summary>
internal enum Presence : byte
{
    /// <summary>It stood in an event or an answer; nothing more is known.</summary>
    Met = 0,

    /// <summary>A user who added the account.</summary>
    Friend = 1,

    /// <summary>A user who blocked the account, or whom LINE shows no more.</summary>
    Blocked = 2,

    /// <summary>A group or room that the account is in; a user in such a one, of whom no more is known.</summary>
    Joined = 3,

    /// <summary>A group or room that the account left; a user who left such a one.</summary>
    Left = 4,
}

/// <summary>A user, group or room that a bot knows.</summary>
internal sealed record KnownId(UpstreamId Id, Presence Presence)
{
    /// <summary>Nobody can take this chat until something comes from it.</summary>
    public bool IsGone => Presence == Presence.Blocked || (Presence == Presence.Left && Id.Kind != IdKind.User);
}
