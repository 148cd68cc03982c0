using Sandbox.Api;

namespace Sandbox.Messaging;

/// <summary><c>POST /v2/bot/message/validate/{kind}</c>: checks the messages array and nothing else.</summary>
internal static class ValidateMessages
{
    public static LineAnswer Handle(ApiCall call)
    {
        if (call.Route("kind") is not ("reply" or "push" or "multicast" or "narrowcast" or "broadcast"))
            return LineErrors.NotFound;

        var check = new BodyCheck();
        MessageRules.Check(check, call.BodyOrEmpty);
        return check.Refusal ?? LineAnswer.Empty;
    }
}
