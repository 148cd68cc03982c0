using Line;

namespace Sandbox.Groups;

/// <summary>A group or room of people, with at most one Official Account in it.</summary>
/// <param name="Id">Short name in our own addresses, never sent to a channel; it bears a colon, as no person's id does.</param>
/// <param name="Identity">The group's own 128 bits.</param>
/// <param name="Members">Ids of the people in it, in the order in which they came.</param>
/// <param name="BotId">The account that is in it; null: none.</param>
/// <param name="OwesJoin">Whether the account has not been told yet that it is in: of a room LINE tells it with the next event.</param>
internal sealed record Group(string Id, Guid Identity, GroupKind Kind, string Name, IReadOnlyList<string> Members, BotId? BotId, bool OwesJoin = false)
{
    /// <summary>The id that every channel sees.</summary>
    public string LineId => $"{Prefix(Kind)}{Identity:N}";

    public string AvatarPath => $"/phone/avatars/groups/{Id}.svg";

    public static char Prefix(GroupKind kind) => kind == GroupKind.Group ? 'C' : 'R';
}
