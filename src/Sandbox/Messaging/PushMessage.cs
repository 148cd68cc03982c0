using Microsoft.Extensions.Options;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Statistics;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/message/push</c>: writes to one person at any time. Counted for billing when it reaches them.</summary>
internal sealed class PushMessage(
    ChatBook chats, AccountDirectory accounts, ScopedIds ids, ActiveChannels active, Mailing mailing, SendLog log, IOptions<SandboxOptions> options, TimeProvider clock)
{
    public LineAnswer Handle(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        var to = check.Text(body, "", "to", 128);
        SendOptions.Check(check, body, takesUnits: true);
        var messages = MessageRules.Check(check, body);
        if (check.Refusal is { } refusal)
            return refusal;
        if (!ids.TryFind(call.Channel, call.Account.BotId, to!, out var person))
            return LineErrors.FailedToSend;

        call.Person = person;
        call.ChatId = to;
        return chats.Update(new ChatKey(call.Account.BotId, person.Id), chat =>
        {
            var now = clock.GetUtcNow();
            if (options.Value.Control.StandbyPush == StandbyPush.Reject403 && active.Of(chat.State, now)?.Id != call.Channel.Id)
                return LineErrors.NotAvailable;
            if (chat.IsReachable(now) && !accounts.TryCount(call.Account.BotId, 1, now))
                return LineErrors.MonthlyLimit;

            var sent = mailing.Deliver(chat, call.Channel, messages!, now);
            if (chat.IsReachable(now))
                log.Push(call.RequestId, call.Channel.Id, chat.Key, people: 1, [.. sent.Select(message => message.Id)], SendOptions.Unit(body), now);
            return LineAnswer.Ok(new { sentMessages = sent });
        });
    }
}
