using System.Buffers;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Channels;

namespace Sandbox.Control;

/// <summary>Reads the <c>{chatId}</c> of a path.</summary>
internal sealed class ChatTarget(ScopedIds ids)
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>The person whose chat the caller means; or the refusal: 400 for an id of no shape, 404 for a group or room (no account is in one here) and for an id that is nobody's.</summary>
    public (LineAnswer? Refusal, Person? Person) Find(ApiCall call)
    {
        var chatId = call.Route("chatId");
        if (ids.TryFind(call.Channel, call.Account.BotId, chatId, out var person))
        {
            call.Person = person;
            call.ChatId = chatId;
            return (null, person);
        }

        return (ScopedIds.IsWellFormed(call.Channel, call.Account.BotId, chatId) || IsGroupOrRoom(chatId) ? LineErrors.NotFound : LineErrors.InvalidParameter("chatId"), null);
    }

    private static bool IsGroupOrRoom(string text) =>
        text.Length == 33 && text[0] is ('C' or 'R') && !text.AsSpan(1).ContainsAnyExcept(LowerHex);
}
