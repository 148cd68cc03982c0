using System.Text.Json;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/chat/loading/start</c>: the person sees that an answer is coming, until it comes or the time is over.</summary>
internal sealed class StartLoading(ScopedIds ids, ChatBook chats, ChatFeed feed, TimeProvider clock)
{
    private const int SecondsDefault = 20;

    public LineAnswer Handle(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        var seconds = Seconds(check, body);
        var chatId = check.Text(body, "", "chatId", 128);
        if (chatId is not null && !ScopedIds.IsWellFormed(call.Channel, call.Account.BotId, chatId))
            check.Add("chatId", "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.");
        if (check.Refusal is { } refusal)
            return refusal;

        if (ids.TryFind(call.Channel, call.Account.BotId, chatId!, out var person))
        {
            call.Person = person;
            call.ChatId = chatId;
            var key = new ChatKey(call.Account.BotId, person.Id);
            if (chats.Read(key).Friendship == Friendship.Friend)
                feed.Typing(key, clock.GetUtcNow().AddSeconds(seconds), seconds);
        }

        return LineAnswer.Of(202, new { }); // Also where nobody sees it.
    }

    private static int Seconds(BodyCheck check, JsonElement body)
    {
        if (!body.TryGetProperty("loadingSeconds", out var value))
            return SecondsDefault;

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var seconds))
        {
            check.WrongType("loadingSeconds");
            return SecondsDefault;
        }

        if (seconds is < 5 or > 60)
            check.Add("loadingSeconds", "Must be between 5 and 60");
        else if (seconds % 5 != 0)
            check.Add("loadingSeconds", "must be a multiple of five");
        return seconds;
    }
}
