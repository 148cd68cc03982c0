using Sandbox.Api;

namespace Sandbox.Statistics;

/// <summary><c>GET /v2/bot/message/delivery/…</c>: how many messages the channel sent by one call on one day. A day is counted when it is over.</summary>
internal sealed class SentCounts(SendLog log, TimeProvider clock)
{
    private static readonly DateOnly Since = new(2018, 3, 31);

    public LineAnswer Get(ApiCall call, SendKind kind)
    {
        if (!LineTime.TryDay(call.Query("date"), out var day))
            return LineErrors.InvalidParameter("date");
        if (day < Since)
            return LineAnswer.Ok(new { status = "out_of_service" });

        return day >= LineTime.DayOf(clock.GetUtcNow())
            ? LineAnswer.Ok(new { status = "unready" })
            : LineAnswer.Ok(new { status = "ready", success = log.On(day, kind, call.Account.BotId, call.Channel.Id) });
    }
}
