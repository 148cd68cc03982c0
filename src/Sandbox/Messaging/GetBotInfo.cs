using Sandbox.Api;

namespace Sandbox.Messaging;

/// <summary><c>GET /v2/bot/info</c>: the Official Account that the call is about.</summary>
internal static class GetBotInfo
{
    public static LineAnswer Handle(ApiCall call) => LineAnswer.Ok(new
    {
        userId = call.Account.BotId,
        basicId = call.Account.BasicId,
        premiumId = call.Account.PremiumId,
        displayName = call.Account.Name,
        pictureUrl = $"{call.Origin}{call.Account.AvatarPath}",
        chatMode = "chat",          // People may answer by hand too, so nothing is marked as read by itself.
        markAsReadMode = "manual",
    });
}
