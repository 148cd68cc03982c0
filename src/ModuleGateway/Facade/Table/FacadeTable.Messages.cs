namespace ModuleGateway.Facade;

/// <content>Sending, and what goes with it.</content>
internal static partial class FacadeTable
{
    private static IEnumerable<CallRow> Messages =>
    [
        new(HttpMethod.Post, "/v2/bot/message/reply", Speaks) { Body = BodyKind.Json, Handler = By<ReplyMessage>(it => it.HandleAsync) },
        new(HttpMethod.Post, "/v2/bot/message/push", Pushes)
        {
            Body = BodyKind.Json, TakesRetryKey = true, Bills = Billing.Chat, Unknown = LineErrors.FailedToSend,
            Chats = new ChatsOf("to") { Missing = LineErrors.InvalidProperty("to", "May not be empty"), Unknown = _ => LineErrors.FailedToSend },
        },
        new(HttpMethod.Post, "/v2/bot/chat/loading/start", Speaks)
        {
            Body = BodyKind.Json, Rate = RateLimit.PerSecond(100), Unknown = LineErrors.NoUser,
            Chats = new ChatsOf("chatId") { OnlyUsers = true, Missing = LineErrors.NoUser, Unknown = _ => LineErrors.NoUser },
        },
        new(HttpMethod.Post, "/v2/bot/chat/markAsRead", Speaks) { Body = BodyKind.Json, Handler = By<MarkAsRead>(it => it.HandleAsync) },
    ];
}
