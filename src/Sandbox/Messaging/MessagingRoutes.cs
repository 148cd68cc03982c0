using Sandbox.AccountLinks;
using Sandbox.Api;

namespace Sandbox.Messaging;

/// <summary>The Messaging API calls.</summary>
internal static class MessagingRoutes
{
    public static void MapMessaging(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<ReplyMessage>("POST", "/v2/bot/message/reply", (handler, call) => handler.Handle(call));
        routes.MapCall<PushMessage>("POST", "/v2/bot/message/push", (handler, call) => handler.Handle(call));
        routes.MapCall<MulticastMessage>("POST", "/v2/bot/message/multicast", (handler, call) => handler.Handle(call));
        routes.MapCall<BroadcastMessage>("POST", "/v2/bot/message/broadcast", (handler, call) => handler.Handle(call));
        foreach (var kind in (string[])["reply", "push", "multicast", "narrowcast", "broadcast"])
            routes.MapCall("POST", $"/v2/bot/message/validate/{kind}", ValidateMessages.Handle);
        routes.MapCall("GET", "/v2/bot/message/quota", GetQuota.Limit);
        routes.MapCall<GetQuota>("GET", "/v2/bot/message/quota/consumption", (handler, call) => handler.Used(call));
        routes.MapCall<GetContent>("GET", "/v2/bot/message/{messageId}/content", (handler, call) => handler.Handle(call));
        routes.MapCall<MarkAsRead>("POST", "/v2/bot/chat/markAsRead", (handler, call) => handler.ByToken(call));
        routes.MapCall<MarkAsRead>("POST", "/v2/bot/message/markAsRead", (handler, call) => handler.ByChat(call));
        routes.MapCall<ContentPreview>("GET", "/v2/bot/message/{messageId}/content/preview", (handler, call) => handler.Preview(call));
        routes.MapCall<ContentPreview>("GET", "/v2/bot/message/{messageId}/content/transcoding", (handler, call) => handler.Transcoding(call));
        routes.MapCall<StartLoading>("POST", "/v2/bot/chat/loading/start", (handler, call) => handler.Handle(call));
        routes.MapCall<GetProfile>("GET", "/v2/bot/profile/{userId}", (handler, call) => handler.Handle(call));
        routes.MapCall<GetFollowers>("GET", "/v2/bot/followers/ids", (handler, call) => handler.Handle(call));
        routes.MapCall("GET", "/v2/bot/info", GetBotInfo.Handle);
        routes.MapCall<IssueLinkToken>("POST", "/v2/bot/user/{userId}/linkToken", (handler, call) => handler.Handle(call));
    }
}
