using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.AccountLinks;

/// <summary><c>POST /v2/bot/user/{userId}/linkToken</c>: begins to link a person with an account of the caller's own service.</summary>
internal sealed class IssueLinkToken(ScopedIds ids, LinkTokens tokens)
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
        return LineAnswer.Ok(new { linkToken = tokens.Issue(call.Account.BotId, person.Id) });
    }
}
