using Line;

namespace LiveDesk;

/// <summary>A chat as the desk knows it.</summary>
/// <param name="Id">The desk's own number for it.</param>
/// <param name="Bot">The Official Account.</param>
/// <param name="Chat">With whom.</param>
/// <param name="Account">Whether the account can be served.</param>
/// <param name="Name">The person's name, once known.</param>
/// <param name="PictureUrl">The person's picture, once known.</param>
/// <param name="HeldSince">When the desk became active here, by the platform's word; null while it stands by.</param>
/// <param name="HoldEndsAt">When the hold runs out; null without a limit, or while standing by.</param>
/// <param name="RenewedAt">When the hold was last asked for.</param>
/// <param name="ControlAt">When who answers here last changed, as far as the desk knows.</param>
/// <param name="LastText">The latest message in one line.</param>
/// <param name="LastAt">When that was.</param>
/// <param name="UnreadCount">Customer messages that no agent has seen.</param>
internal sealed record DeskChat(
    long Id, BotId Bot, ChatId Chat, AccountState Account, string? Name, string? PictureUrl,
    DateTimeOffset? HeldSince, DateTimeOffset? HoldEndsAt, DateTimeOffset? RenewedAt, DateTimeOffset ControlAt,
    string LastText, DateTimeOffset LastAt, int UnreadCount)
{
    /// <summary>Whether the desk answers here now. A hold that ran out is over without a word from LINE.</summary>
    public bool IsHeld(DateTimeOffset now) => HeldSince is not null && (HoldEndsAt is null || now < HoldEndsAt);
}
