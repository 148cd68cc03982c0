using System.Text.Json;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Coupons;
using Sandbox.Messaging;

namespace Sandbox.Narrowcasts;

/// <summary><c>POST /v2/bot/message/narrowcast</c> and its progress.</summary>
internal sealed class NarrowcastCalls(NarrowcastBook book, RecipientRules recipients, Friends friends, ChatBook chats, AccountDirectory accounts, TimeProvider clock)
{
    /// <summary>Friends of whom something is known that filters by attributes need.</summary>
    private const int ReachMin = 100;

    public LineAnswer Send(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        SendOptions.Check(check, body, takesUnits: false);
        var messages = MessageRules.Check(check, body);
        var recipient = check.Object(body, "", "recipient", isRequired: false);
        var demographic = check.Object(body, "", "filter", isRequired: false) is { } filter ? check.Object(filter, "filter", "demographic", isRequired: false) : null;
        if (demographic is { } attributes)
            DemographicRules.Check(check, attributes);
        var limit = Limit(check, body);
        if (messages is not null)
            TargetRules.Check(check, messages, chat: null, chats);
        if ((recipient is { } named ? recipients.Check(call, check, named) : check.Refusal) is { } refusal)
            return refusal;
        if (call.CouponRefusal(messages) is { } unusable)
            return unusable;
        if (limit is { ForbidsPartialDelivery: true, UpToRemainingQuota: false })
            return LineErrors.ForbidNeedsUpTo;

        var botId = call.Account.BotId;
        var all = friends.Of(botId);
        if (demographic is not null && all.Count(person => person.Demographics is not null) < ReachMin)
            return LineErrors.NotEnoughFriends;

        var now = clock.GetUtcNow();
        long wanted = Math.Min(limit.Max ?? all.Count, all.Count); // Whoever is chosen in the end: LINE holds back for the whole reach.
        if (limit.UpToRemainingQuota && accounts.Remaining(botId, now) is { } remaining)
        {
            if (remaining == 0)
                return LineErrors.MonthlyLimit;
            wanted = Math.Min(wanted, remaining);
        }

        if (!accounts.TryReserve(botId, wanted, now))
            return LineErrors.MonthlyLimit;

        book.Accept(new Narrowcast(
            call.RequestId, call.Channel.Id, botId, messages!, recipient, demographic, limit.Max, limit.UpToRemainingQuota, limit.ForbidsPartialDelivery, wanted, now));
        return LineAnswer.Of(202, new { });
    }

    public LineAnswer Progress(ApiCall call) =>
        call.Query("requestId") is { } id && book.Find(id) is { } narrowcast && narrowcast.ChannelId == call.Channel.Id && narrowcast.BotId == call.Account.BotId
            ? LineAnswer.Ok(new
            {
                phase = book.Phase(narrowcast),
                successCount = narrowcast.ErrorCode is null ? narrowcast.Targets : null,
                failureCount = narrowcast.ErrorCode is null && narrowcast.Targets is not null ? 0 : (int?)null,
                targetCount = narrowcast.Targets,
                failedDescription = narrowcast.FailedDescription,
                errorCode = narrowcast.ErrorCode,
                acceptedTime = LineTime.Iso(narrowcast.AcceptedAt),
                completedTime = narrowcast.CompletedAt is { } completed ? LineTime.Iso(completed) : null,
            })
            : LineErrors.NotFound;

    private static (int? Max, bool UpToRemainingQuota, bool ForbidsPartialDelivery) Limit(BodyCheck check, JsonElement body)
    {
        if (check.Object(body, "", "limit", isRequired: false) is not { } limit)
            return default;

        int? max = null;
        if (limit.TryGetProperty("max", out var value))
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
                check.WrongType("limit.max");
            else if (number < 1)
                check.Add("limit.max", "must be greater than or equal to 1");
            else
                max = number;
        }

        return (max, Flag(check, limit, "upToRemainingQuota"), Flag(check, limit, "forbidPartialDelivery"));
    }

    private static bool Flag(BodyCheck check, JsonElement limit, string name)
    {
        if (!limit.TryGetProperty(name, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            check.WrongType($"limit.{name}");
        return value.ValueKind == JsonValueKind.True;
    }
}
