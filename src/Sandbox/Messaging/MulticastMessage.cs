using System.Globalization;
using System.Text.Json;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Coupons;
using Sandbox.Statistics;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/message/multicast</c>: writes the same to up to 500 friends. Somebody who is no friend is passed over silently; a malformed id refuses the call.</summary>
internal sealed class MulticastMessage(ChatBook chats, AccountDirectory accounts, ScopedIds ids, MassMailing mailing, TimeProvider clock)
{
    private const int RecipientsMax = 500;

    public LineAnswer Handle(ApiCall call)
    {
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        var to = check.Array(body, "", "to", 1, RecipientsMax);
        SendOptions.Check(check, body, takesUnits: true);
        var messages = MessageRules.Check(check, body);
        if ((check.Refusal ?? call.CouponRefusal(messages)) is { } refusal)
            return refusal;

        TargetRules.Check(check, messages!, chat: null, chats);
        if (check.Refusal is { } misplaced)
            return misplaced;

        var botId = call.Account.BotId;
        var recipients = new HashSet<ChatKey>();
        foreach (var (index, element) in to!.Value.EnumerateArray().Index())
        {
            var id = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
            if (!ScopedIds.IsWellFormed(call.Channel, botId, id)) // LINE writes no quotes round this one.
                return LineAnswer.Error(400, string.Create(CultureInfo.InvariantCulture, $"The property, to[{index}], in the request body is invalid (line: -, column: -)"));
            if (ids.TryFind(call.Channel, botId, id, out var person) && chats.Read(new ChatKey(botId, person.Id)).Friendship == Friendship.Friend)
                recipients.Add(new ChatKey(botId, person.Id));
        }

        if (!accounts.TryCount(botId, recipients.Count, clock.GetUtcNow()))
            return LineErrors.MonthlyLimit;

        mailing.Send(SendKind.Multicast, call.RequestId, call.Channel, botId, recipients, messages!, SendOptions.Unit(body));
        return LineAnswer.Empty;
    }
}
