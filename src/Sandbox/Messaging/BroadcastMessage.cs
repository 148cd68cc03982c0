using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Coupons;
using Sandbox.Statistics;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/message/broadcast</c>: writes the same to all friends. Counted for billing by friend.</summary>
internal sealed class BroadcastMessage(Friends friends, ChatBook chats, AccountDirectory accounts, MassMailing mailing, TimeProvider clock)
{
    public LineAnswer Handle(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        SendOptions.Check(check, body, takesUnits: false);
        var messages = MessageRules.Check(check, body);
        if ((check.Refusal ?? call.CouponRefusal(messages)) is { } refusal)
            return refusal;

        TargetRules.Check(check, messages!, chat: null, chats);
        if (check.Refusal is { } misplaced)
            return misplaced;

        var botId = call.Account.BotId;
        var recipients = friends.Of(botId).Select(person => new ChatKey(botId, person.Id)).ToList();
        if (!accounts.TryCount(botId, recipients.Count, clock.GetUtcNow()))
            return LineErrors.MonthlyLimit;

        mailing.Send(SendKind.Broadcast, call.RequestId, call.Channel, botId, recipients, messages!);
        return LineAnswer.Empty;
    }
}
