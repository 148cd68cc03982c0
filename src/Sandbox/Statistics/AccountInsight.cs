using System.Globalization;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Messaging;

namespace Sandbox.Statistics;

/// <summary><c>GET /v2/bot/insight/…</c>: an account's deliveries, followers and demographics.</summary>
/// <remarks>What LINE's account manager would send (greetings, answers, targeted messages) does not exist here and is absent, as LINE leaves out what is nought.</remarks>
internal sealed class AccountInsight(SendLog log, FriendHistory history, Friends friends, TimeProvider clock)
{
    /// <summary>People of whom something is known below whom LINE tells nothing.</summary>
    private const int ReachMin = 20;

    private static readonly DateOnly Since = new(2017, 3, 1);

    public LineAnswer Deliveries(ApiCall call)
    {
        if (!LineTime.TryDay(call.Query("date"), out var day))
            return LineErrors.InvalidParameter("date");

        var status = Status(day);
        long? Sent(SendKind kind) => status == "ready" && log.On(day, kind, call.Account.BotId, channelId: null) is > 0 and var count ? count : null;
        return LineAnswer.Ok(new
        {
            status,
            apiBroadcast = Sent(SendKind.Broadcast),
            apiPush = Sent(SendKind.Push),
            apiMulticast = Sent(SendKind.Multicast),
            apiNarrowcast = Sent(SendKind.Narrowcast),
            apiReply = Sent(SendKind.Reply),
            pnpNoticeMessage = Sent(SendKind.TemplatedPnp),
        });
    }

    public LineAnswer Followers(ApiCall call)
    {
        if (call.Query("date") is not { } text)
            return LineErrors.DateRequired;
        if (!LineTime.TryDay(text, out var day))
            return LineErrors.BadRequest;
        if (Status(day) is not "ready" and var status)
            return LineAnswer.Ok(new { status });

        var (followers, blocks) = history.At(call.Account.BotId, LineTime.StartOf(day.AddDays(1)));
        return LineAnswer.Ok(new { status = "ready", followers, targetedReaches = Known(call).Count, blocks });
    }

    public LineAnswer Demographic(ApiCall call)
    {
        var known = Known(call);
        if (known.Count < ReachMin)
            return LineAnswer.Ok(new { available = false });

        var now = clock.GetUtcNow();
        return LineAnswer.Ok(new
        {
            available = true,
            genders = Tiles(known, person => person.Demographics!.Gender ?? "unknown", (gender, percentage) => new { gender, percentage }),
            ages = Tiles(known, person => Age(person.Demographics!.Age), (age, percentage) => new { age, percentage }),
            areas = Tiles(known, person => person.Demographics!.Area ?? "unknown", (area, percentage) => new { area, percentage }),
            appTypes = Tiles(known, person => person.Demographics!.AppType ?? "others", (appType, percentage) => new { appType, percentage }),
            subscriptionPeriods = Tiles(
                known, person => Period((now - (history.Since(new ChatKey(call.Account.BotId, person.Id)) ?? now)).TotalDays), (subscriptionPeriod, percentage) => new { subscriptionPeriod, percentage }),
        });
    }

    private List<Person> Known(ApiCall call) => [.. friends.Of(call.Account.BotId).Where(person => person.Demographics is not null)];

    private string Status(DateOnly day) => day < Since ? "out_of_service" : day >= LineTime.DayOf(clock.GetUtcNow()) ? "unready" : "ready";

    private static IEnumerable<object> Tiles(List<Person> people, Func<Person, string> kind, Func<string, double, object> tile) =>
        people.CountBy(kind).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => tile(pair.Key, Math.Round(100.0 * pair.Value / people.Count, 1)));

    private static string Age(int? age) => age switch
    {
        null => "unknown",
        < 15 => "from0to14",
        >= 70 => "from70",
        _ => string.Create(CultureInfo.InvariantCulture, $"from{age / 5 * 5}to{age / 5 * 5 + 4}"),
    };

    private static string Period(double days) => days switch
    {
        < 7 => "within7days",
        < 30 => "within30days",
        < 90 => "within90days",
        < 180 => "within180days",
        < 365 => "within365days",
        _ => "over365days",
    };
}
