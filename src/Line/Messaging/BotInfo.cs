using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>An Official Account as people see it.</summary>
/// <param name="Bot">Its bot.</param>
/// <param name="BasicId">Its basic id, like <c>@abc1234x</c>.</param>
/// <param name="PremiumId">Its premium id, where it has one.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="PictureUrl">Its picture.</param>
/// <param name="ChatMode"><c>chat</c> or <c>bot</c>; null in lists.</param>
/// <param name="MarkAsReadMode"><c>auto</c> or <c>manual</c>; null in lists.</param>
public sealed record BotInfo(BotId Bot, string BasicId, string? PremiumId, string DisplayName, string? PictureUrl, string? ChatMode, string? MarkAsReadMode)
{
    internal static BotInfo Read(LineAnswer answer, JsonElement bot) => new(
        bot.Id<BotId>("userId") ?? throw answer.Unreadable("userId"),
        bot.Text("basicId") ?? throw answer.Unreadable("basicId"),
        bot.Text("premiumId"),
        bot.Text("displayName") ?? throw answer.Unreadable("displayName"),
        bot.Text("pictureUrl"),
        bot.Text("chatMode"),
        bot.Text("markAsReadMode"));
}
