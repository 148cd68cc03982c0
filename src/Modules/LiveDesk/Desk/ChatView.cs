namespace LiveDesk;

/// <summary>A chat as the page sees it.</summary>
/// <param name="Id">The desk's number.</param>
/// <param name="BotId">The Official Account.</param>
/// <param name="ChatId">The user, group or room as this module knows it.</param>
/// <param name="Kind">"user", "group" or "room".</param>
/// <param name="Name">The person's name; null while unknown.</param>
/// <param name="PictureUrl">Their picture.</param>
/// <param name="IsHeld">The desk answers here now.</param>
/// <param name="HoldEndsAt">Until when; null without a limit.</param>
/// <param name="Account">"attached", "suspended" or "detached".</param>
/// <param name="LastText">The latest message.</param>
/// <param name="LastAt">When that was.</param>
/// <param name="UnreadCount">Customer messages that no agent has seen.</param>
internal sealed record ChatView(
    long Id, string BotId, string ChatId, string Kind, string? Name, string? PictureUrl, bool IsHeld, DateTimeOffset? HoldEndsAt,
    string Account, string LastText, DateTimeOffset LastAt, int UnreadCount)
{
    public static ChatView Of(DeskChat chat, DateTimeOffset now) => new(
        chat.Id, chat.Bot.ToString(), chat.Chat.ToString(), Word(chat.Chat.Kind), chat.Name, chat.PictureUrl, chat.IsHeld(now),
        chat.IsHeld(now) ? chat.HoldEndsAt : null, Word(chat.Account), chat.LastText, chat.LastAt, chat.UnreadCount);

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
