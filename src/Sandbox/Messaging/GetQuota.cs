using Sandbox.Accounts;
using Sandbox.Api;

namespace Sandbox.Messaging;

/// <summary><c>GET /v2/bot/message/quota</c> and <c>.../consumption</c>: what the account may send this month, and has sent.</summary>
internal sealed class GetQuota(AccountDirectory accounts, TimeProvider clock)
{
    public static LineAnswer Limit(ApiCall call) =>
        LineAnswer.Ok(call.Account.MonthlyQuota is { } value ? new { type = "limited", value } : (object)new { type = "none" });

    public LineAnswer Used(ApiCall call) => LineAnswer.Ok(new { totalUsage = accounts.UsedThisMonth(call.Account.BotId, clock.GetUtcNow()) });
}
