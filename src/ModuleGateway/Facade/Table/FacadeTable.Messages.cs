using ModuleGateway.Control;
using Tenancy;

namespace ModuleGateway.Facade;

/// <content>Sending, and what goes with it.</content>
internal static partial class FacadeTable
{
    /// <summary>"Send multicast message".</summary>
    private const int MulticastMax = 500;

    public const string ReplyPath = "/v2/bot/message/reply";
    public const string NarrowcastPath = "/v2/bot/message/narrowcast";

    private static IEnumerable<CallRow> Messages =>
    [
        new(HttpMethod.Post, ReplyPath, Speaks) { Body = BodyKind.Json, Things = Sent, Handler = By<ReplyMessage>(it => it.HandleAsync) },
        new(HttpMethod.Post, "/v2/bot/message/push", Pushes)
        {
            Body = BodyKind.Json, TakesRetryKey = true, Bills = Billing.Chat, Unknown = LineErrors.FailedToSend, Things = SentWithUnit,
            Chats = new ChatsOf("to") { Missing = LineErrors.InvalidProperty("to", "May not be empty"), Unknown = _ => LineErrors.FailedToSend },
        },
        new(HttpMethod.Post, "/v2/bot/message/multicast", Speaks)
        {
            Body = BodyKind.Json, TakesRetryKey = true, Bills = Billing.Users, Rate = RateLimit.PerSecond(200), Unknown = LineErrors.FailedToSend, Things = SentWithUnit,
            Chats = new ChatsOf("to") { Max = MulticastMax, OnlyUsers = true, Missing = LineErrors.InvalidProperty("to", "May not be empty"), Unknown = at => LineErrors.InvalidId($"to[{at}]") },
        },
        new(HttpMethod.Post, "/v2/bot/message/broadcast", Announces)
        {
            Body = BodyKind.Json, TakesRetryKey = true, Bills = Billing.Audience, Rate = RateLimit.PerHour(60), Unknown = LineErrors.FailedToSend, Things = SentToAll,
        },
        new(HttpMethod.Post, NarrowcastPath, Announces)
        {
            Body = BodyKind.Json, TakesRetryKey = true, Bills = Billing.Audience, Rate = RateLimit.PerHour(60), Unknown = LineErrors.FailedToSend, Things = SentToSome,
        },
        new(HttpMethod.Get, "/v2/bot/message/progress/narrowcast", Counts) { Things = [SendingInQuery] },
        new(HttpMethod.Post, "/v2/bot/message/pnp/templated/push", Notifies) { Body = BodyKind.Json, BodyHasIds = false, TakesDeliveryTag = true, Bills = Billing.Delivered },
        new(HttpMethod.Get, "/v2/bot/message/delivery/pnp/templated", Notifies),
        Validates("reply"), Validates("push"), Validates("multicast"), Validates("narrowcast"), Validates("broadcast"),
        new(HttpMethod.Post, "/v2/bot/chat/loading/start", Speaks)
        {
            Body = BodyKind.Json, Rate = RateLimit.PerSecond(100), Unknown = LineErrors.NoUser,
            Chats = new ChatsOf("chatId") { OnlyUsers = true, Missing = LineErrors.NoUser, Unknown = _ => LineErrors.NoUser },
        },
        new(HttpMethod.Post, "/v2/bot/chat/markAsRead", Speaks) { Body = BodyKind.Json, Handler = By<MarkAsRead>(it => it.HandleAsync) },
        new(HttpMethod.Post, "/v2/bot/message/markAsRead", new CallRule(Scopes.MessageMarkAsRead, Standing.ActiveInChat))
        {
            Body = BodyKind.Json,
            Chats = new ChatsOf("chat.userId") { OnlyUsers = true, Missing = LineErrors.InvalidId("'chat.chatId'"), Unknown = _ => LineErrors.InvalidId("'chat.chatId'") },
        },
        new(HttpMethod.Get, "/v2/bot/message/{messageId}/content", Downloads) { Host = LineHost.Data, Answer = AnswerKind.Stream },
        new(HttpMethod.Get, "/v2/bot/message/{messageId}/content/preview", Downloads) { Host = LineHost.Data, Answer = AnswerKind.Stream },
        new(HttpMethod.Get, "/v2/bot/message/{messageId}/content/transcoding", Downloads) { Host = LineHost.Data },
    ];

    /// <summary>Scope: ours.</summary>
    private static CallRow Validates(string kind) => new(HttpMethod.Post, $"/v2/bot/message/validate/{kind}", Counts) { Body = BodyKind.Json, Unknown = LineErrors.FailedToSend, Things = Sent };
}
