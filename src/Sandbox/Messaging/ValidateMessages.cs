using Sandbox.Api;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/message/validate/{kind}</c>: checks the messages array and nothing else.</summary>
internal static class ValidateMessages
{
    public static LineAnswer Handle(ApiCall call)
    {
        var check = new BodyCheck();
        MessageRules.Check(check, call.BodyOrEmpty);
        return check.Refusal ?? LineAnswer.Empty;
    }
}
