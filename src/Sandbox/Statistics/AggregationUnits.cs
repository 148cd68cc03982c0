using Sandbox.Api;

namespace Sandbox.Statistics;

/// <summary><c>GET /v2/bot/message/aggregation/…</c>: the names of units that the account has used this month, by whichever channel.</summary>
internal sealed class AggregationUnits(SendLog log)
{
    private const int LimitMax = 100;

    public LineAnswer Count(ApiCall call) => LineAnswer.Ok(new { numOfCustomAggregationUnits = log.UnitsThisMonth(call.Account.BotId).Count });

    public LineAnswer List(ApiCall call)
    {
        var (refusal, page) = Paging.Read(call, "units", log.UnitsThisMonth(call.Account.BotId), name => name, LimitMax, LimitMax);
        return refusal ?? LineAnswer.Ok(new { customAggregationUnits = page.Items, next = page.Next });
    }
}
