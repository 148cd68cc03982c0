using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.Messaging;

/// <summary><c>GET /v2/bot/followers/ids</c>: the friends' ids, for verified and premium accounts only.</summary>
internal sealed class GetFollowers(Friends friends, ScopedIds ids)
{
    private const int LimitDefault = 300;
    private const int LimitMax = 1000;

    public LineAnswer Handle(ApiCall call)
    {
        if (call.Account.BrandType == BrandType.Unverified)
            return LineErrors.NotAvailable;

        var botId = call.Account.BotId;
        var userIds = friends.Of(botId).Select(person => ids.For(call.Channel, botId, person)).Order(StringComparer.Ordinal);
        var (refusal, page) = Paging.Read(call, "followers", userIds, id => id, LimitDefault, LimitMax);
        return refusal ?? LineAnswer.Ok(new { userIds = page.Items, next = page.Next });
    }
}
