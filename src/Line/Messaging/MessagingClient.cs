using System.Net;
using System.Text.Json;
using Line.Json;

namespace Line;

/// <summary>The Messaging API for one channel, over any number of Official Accounts: each call names the account's bot.</summary>
/// <remarks>
/// Thread-safe. Refusals are <see cref="LineApiException"/>. Nothing is retried here. A push, sent again with the same retry key, arrives once;
/// a reply has no such key: when its outcome is unknown, leave it. Source: LINE messaging-api.yml.
/// </remarks>
public sealed class MessagingClient(HttpClient http, LineEndpoints endpoints, IChannelTokenSource tokens)
{
    /// <summary>Most messages that one call takes.</summary>
    public const int MessagesMax = 5;

    /// <summary>Most people that one multicast takes.</summary>
    public const int RecipientsMax = 500;

    private readonly LineApi _api = new(http, endpoints, tokens);

    /// <summary>Answers an event. Free of charge.</summary>
    /// <param name="bot">The account.</param>
    /// <param name="replyToken">Good once, for about a minute; LINE answers 400 to a dead one.</param>
    /// <param name="messages">1 to 5.</param>
    /// <param name="cancellationToken">Gives up waiting; the reply may have been sent.</param>
    public async Task<SendReceipt> ReplyAsync(
        BotId bot, ReplyToken replyToken, IReadOnlyList<LineMessage> messages, CancellationToken cancellationToken = default)
    {
        CheckCount(messages);
        var answer = await _api.PostAsync("/v2/bot/message/reply", bot, writer =>
        {
            writer.WriteString("replyToken"u8, replyToken.ToString());
            WriteMessages(writer, messages);
        }, cancellationToken).ConfigureAwait(false);
        return Receipt(answer);
    }

    /// <summary>Sends to a user, group or room at any time. Charged to the account.</summary>
    /// <param name="bot">The account.</param>
    /// <param name="to">The chat.</param>
    /// <param name="messages">1 to 5.</param>
    /// <param name="retryKey">Give each message its key before the first try: then a repeated call within 24 hours sends nothing twice.</param>
    /// <param name="cancellationToken">Gives up waiting; the push may have been sent.</param>
    public async Task<SendReceipt> PushAsync(
        BotId bot, ChatId to, IReadOnlyList<LineMessage> messages, Guid? retryKey = null, CancellationToken cancellationToken = default)
    {
        CheckCount(messages);
        var answer = await _api.SendAsync(HttpMethod.Post, "/v2/bot/message/push", bot, writer =>
        {
            writer.WriteString("to"u8, to.ToString());
            WriteMessages(writer, messages);
        }, retryKey, cancellationToken).ConfigureAwait(false);
        return Receipt(answer);
    }

    /// <summary>Sends to many friends at once. Charged to the account.</summary>
    /// <param name="bot">The account.</param>
    /// <param name="to">1 to 500 users; no groups or rooms.</param>
    /// <param name="messages">1 to 5.</param>
    /// <param name="retryKey">As with <see cref="PushAsync"/>.</param>
    /// <param name="cancellationToken">Gives up waiting; the messages may have been sent.</param>
    public async Task<SendReceipt> MulticastAsync(
        BotId bot, IReadOnlyList<UserId> to, IReadOnlyList<LineMessage> messages, Guid? retryKey = null, CancellationToken cancellationToken = default)
    {
        CheckCount(messages);
        if (to.Count is < 1 or > RecipientsMax)
            throw new ArgumentException($"A multicast goes to 1 to {RecipientsMax} users, not {to.Count}.", nameof(to));

        var answer = await _api.SendAsync(HttpMethod.Post, "/v2/bot/message/multicast", bot, writer =>
        {
            writer.WriteStartArray("to"u8);
            foreach (var user in to)
                writer.WriteStringValue(user.ToString());

            writer.WriteEndArray();
            WriteMessages(writer, messages);
        }, retryKey, cancellationToken).ConfigureAwait(false);
        return Receipt(answer);
    }

    /// <summary>Shows the waiting dots in a one-to-one chat, until a message arrives or the time is over.</summary>
    /// <param name="bot">The account.</param>
    /// <param name="user">Whose chat; nothing happens unless they have it open.</param>
    /// <param name="duration">5 s to 60 s in steps of 5 s.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task ShowLoadingAsync(BotId bot, UserId user, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var answer = await _api.PostAsync("/v2/bot/chat/loading/start", bot, writer =>
        {
            writer.WriteString("chatId"u8, user.ToString());
            writer.WriteNumber("loadingSeconds"u8, (int)duration.TotalSeconds);
        }, cancellationToken).ConfigureAwait(false);
        answer.OrThrow();
    }

    /// <summary>How a person appears; null when LINE does not tell (no friend who ever wrote, or blocked).</summary>
    public async Task<UserProfile?> GetProfileAsync(BotId bot, UserId user, CancellationToken cancellationToken = default)
    {
        var answer = await _api.GetAsync($"/v2/bot/profile/{user}", bot, cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;

        var body = answer.OrThrow().Body;
        return new UserProfile(user, answer.Required("displayName"), body.Text("pictureUrl"), body.Text("language"), body.Text("statusMessage"));
    }

    /// <summary>The account's own name, ids and picture.</summary>
    public async Task<BotInfo> GetBotInfoAsync(BotId bot, CancellationToken cancellationToken = default)
    {
        var answer = (await _api.GetAsync("/v2/bot/info", bot, cancellationToken).ConfigureAwait(false)).OrThrow();
        return BotInfo.Read(answer, answer.Body);
    }

    private static void CheckCount(IReadOnlyList<LineMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count is < 1 or > MessagesMax)
            throw new ArgumentException($"A call sends 1 to {MessagesMax} messages, not {messages.Count}.", nameof(messages));
    }

    private static void WriteMessages(Utf8JsonWriter writer, IReadOnlyList<LineMessage> messages)
    {
        writer.WriteStartArray("messages"u8);
        foreach (var message in messages)
            JsonSerializer.Serialize(writer, message, LineJson.Default.LineMessage);

        writer.WriteEndArray();
    }

    private static SendReceipt Receipt(LineAnswer answer)
    {
        // A retry key that LINE took before is the success of the earlier call, not a failure of this one.
        var wasAcceptedBefore = answer.Status == HttpStatusCode.Conflict && answer.AcceptedRequestId is not null;
        if (!wasAcceptedBefore)
            answer.OrThrow();

        SentMessage[] sent = [.. answer.Body.Items("sentMessages").Select(m => new SentMessage(m.Text("id") ?? "", m.Text("quoteToken")))];
        return new SendReceipt(sent, wasAcceptedBefore ? answer.AcceptedRequestId : answer.RequestId, wasAcceptedBefore);
    }
}
