using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Coupons;
using Sandbox.Groups;
using Sandbox.Statistics;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/message/push</c>: writes to one person, group or room at any time. Counted for billing by the people whom it reaches.</summary>
internal sealed class PushMessage(
    ChatBook chats, AccountDirectory accounts, ChatIds ids, GroupDirectory groups, ActiveChannels active, Mailing mailing, SendLog log, IOptions<SandboxOptions> options, TimeProvider clock)
{
    public LineAnswer Handle(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        var to = check.Text(body, "", "to", 128);
        SendOptions.Check(check, body, takesUnits: true);
        var messages = MessageRules.Check(check, body);
        if ((check.Refusal ?? call.CouponRefusal(messages)) is { } refusal)
            return refusal;
        if (ids.Find(call.Channel, call.Account.BotId, to!) is not { } key)
            return LineErrors.FailedToSend;

        TargetRules.Check(check, messages!, key, chats);
        if (check.Refusal is { } misplaced)
            return misplaced;

        call.Chat = key;
        call.ChatId = to;
        return chats.Update(key, chat =>
        {
            var now = clock.GetUtcNow();
            if (options.Value.Control.StandbyPush == StandbyPush.Reject403 && active.Of(chat.State, now)?.Id != call.Channel.Id)
                return LineErrors.NotAvailable;
            if (chat.IsReachable(now) && !accounts.TryCount(call.Account.BotId, PeopleIn(key), now))
                return LineErrors.MonthlyLimit;

            var sent = mailing.Deliver(chat, call.Channel, messages!, now);
            if (chat.IsReachable(now))
                log.Push(call.RequestId, call.Channel.Id, chat.Key, people: PeopleIn(key), [.. sent.Select(message => message.Id)], SendOptions.Unit(body), now);
            return LineAnswer.Ok(new { sentMessages = sent });
        });
    }

    private int PeopleIn(ChatKey key) => groups.TryFind(key.Peer, out var group) ? group.Members.Count : 1;
}
