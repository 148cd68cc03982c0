using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Coupons;
using Sandbox.Statistics;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/message/reply</c>: answers one event, once, within a minute. Not counted for billing.</summary>
internal sealed class ReplyMessage(Replies replies, ChatBook chats, ChatIds ids, SendLog log)
{
    public LineAnswer Handle(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        var token = check.Text(body, "", "replyToken", 1000);
        SendOptions.Check(check, body, takesUnits: false);
        var messages = MessageRules.Check(check, body);
        if ((check.Refusal ?? call.CouponRefusal(messages)) is { } refusal)
            return refusal; // Before the token is touched: a wrong message does not burn it.

        if (replies.ChatOf(call.Channel, call.Account.BotId, token!) is { } key)
            TargetRules.Check(check, messages!, key, chats);
        if (check.Refusal is { } misplaced)
            return misplaced;

        if (replies.TryReply(call.Channel, call.Account.BotId, token!, messages!) is not var (chat, sent))
            return LineErrors.InvalidReplyToken;

        call.Chat = chat;
        call.ChatId = ids.For(call.Channel, chat);
        log.Count(SendKind.Reply, call.Channel.Id, call.Account.BotId, 1);
        return LineAnswer.Ok(new { sentMessages = sent });
    }
}
