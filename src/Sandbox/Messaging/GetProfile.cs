using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;

namespace Sandbox.Messaging;

/// <summary><c>GET /v2/bot/profile/{userId}</c>: of friends, and of those who wrote without being one; not of those who block the account.</summary>
internal sealed class GetProfile(ScopedIds ids, ChatBook chats)
{
    public LineAnswer Handle(ApiCall call)
    {
        var userId = call.Route("userId");
        if (!ScopedIds.IsWellFormed(call.Channel, call.Account.BotId, userId))
            return LineErrors.InvalidParameter("userId");
        if (!ids.TryFind(call.Channel, call.Account.BotId, userId, out var person))
            return LineErrors.NotFound;

        call.Person = person;
        call.ChatId = userId;
        var chat = chats.Read(new ChatKey(call.Account.BotId, person.Id));
        var isVisible = chat.Friendship == Friendship.Friend || (chat.Friendship == Friendship.None && chat.LastWroteAt is not null);
        return !isVisible
            ? LineErrors.NotFound
            : LineAnswer.Ok(new { displayName = person.Name, userId, language = person.Language, pictureUrl = $"{call.Origin}{person.AvatarPath}", statusMessage = person.StatusMessage });
    }
}
