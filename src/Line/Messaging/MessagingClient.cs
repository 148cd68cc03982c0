using System.Net;
using Line.Json;
using Line.Narrowcasting;

namespace Line;

/// <summary>Sends messages, and shows what goes on in a chat.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Messages"/>. Any error means that nobody got anything. Source: LINE messaging-api.yml.</remarks>
public sealed class MessagingClient
{
    private readonly LineApi _api;

    internal MessagingClient(LineApi api) => _api = api;

    /// <summary>Answers an event. Free of charge. Never repeated where its outcome is unknown: it has no retry key.</summary>
    /// <param name="replyToken">Good once, for about a minute; LINE answers 400 to a dead one.</param>
    /// <param name="messages">1 to 5.</param>
    /// <param name="isSilent">Whether phones stay silent.</param>
    /// <param name="cancellationToken">Gives up waiting; the reply may have been sent.</param>
    public Task<SendReceipt> ReplyAsync(ReplyToken replyToken, IReadOnlyList<LineMessage> messages, bool isSilent = false, CancellationToken cancellationToken = default) =>
        SendAsync(LineCall.Post("/v2/bot/message/reply"), new SendRequest(messages) { ReplyToken = replyToken.ToString(), IsSilent = isSilent }, cancellationToken);

    /// <summary>Sends to a user, group or room at any time. Charged to the account.</summary>
    /// <param name="to">The chat.</param>
    /// <param name="messages">1 to 5.</param>
    /// <param name="options">Retry key, silence, statistics.</param>
    /// <param name="cancellationToken">Gives up waiting; the push may have been sent.</param>
    public Task<SendReceipt> PushAsync(ChatId to, IReadOnlyList<LineMessage> messages, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync("/v2/bot/message/push", new SendRequest(messages) { To = to }, options, cancellationToken);

    /// <summary>Sends to many friends at once. Charged to the account. 200 calls a second at most.</summary>
    /// <param name="to">1 to 500 users; no groups or rooms.</param>
    /// <param name="messages">1 to 5.</param>
    /// <param name="options">Retry key, silence, statistics.</param>
    /// <param name="cancellationToken">Gives up waiting; the messages may have been sent.</param>
    public Task<SendReceipt> MulticastAsync(
        IReadOnlyList<UserId> to, IReadOnlyList<LineMessage> messages, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        return SendAsync("/v2/bot/message/multicast", new SendRequest(messages) { ToMany = to }, options, cancellationToken);
    }

    /// <summary>Sends to all friends. Charged to the account. 60 calls an hour at most.</summary>
    /// <param name="messages">1 to 5.</param>
    /// <param name="options">Retry key, silence.</param>
    /// <param name="cancellationToken">Gives up waiting; the messages may have been sent.</param>
    public Task<SendReceipt> BroadcastAsync(IReadOnlyList<LineMessage> messages, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        SendAsync("/v2/bot/message/broadcast", new SendRequest(messages), WithoutUnit(options), cancellationToken);

    /// <summary>Sends to those friends who match. LINE works on it afterwards: <see cref="GetNarrowcastProgressAsync"/> tells. 60 calls an hour at most.</summary>
    /// <param name="narrowcast">Who, and how many at most.</param>
    /// <param name="messages">1 to 5.</param>
    /// <param name="options">Retry key, silence.</param>
    /// <param name="cancellationToken">Gives up waiting; the messages may be on their way.</param>
    public Task<SendReceipt> NarrowcastAsync(
        Narrowcast narrowcast, IReadOnlyList<LineMessage> messages, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(narrowcast);
        return SendAsync("/v2/bot/message/narrowcast", new SendRequest(messages) { Narrowcast = narrowcast }, WithoutUnit(options), cancellationToken);
    }

    /// <summary>How far a narrowcast is; null when LINE knows none of this id in the last 14 days.</summary>
    /// <param name="requestId">The receipt's.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<NarrowcastProgress?> GetNarrowcastProgressAsync(string requestId, CancellationToken cancellationToken = default) =>
        _api.FindAsync(LineCall.Get("/v2/bot/message/progress/narrowcast", ("requestId", requestId)), LineJson.Default.NarrowcastProgress, cancellationToken);

    /// <summary>Asks LINE whether it would take these messages; nothing is sent. <see cref="LineLimits"/> knows most of it without asking.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public async Task<IReadOnlyList<LineErrorDetail>> ValidateAsync(MessageUse use, IReadOnlyList<LineMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var answer = await _api.SendAsync(LineCall.Post($"/v2/bot/message/validate/{Name(use)}").Repeatable().With(new SendRequest(messages).WriteTo), cancellationToken).ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.BadRequest)
        {
            answer.OrThrow();
            return [];
        }

        var refusal = answer.Failure();
        return refusal.Details.Count > 0 ? refusal.Details : [new LineErrorDetail(refusal.Message, null)];
    }

    /// <summary>Shows a person that an answer is being written, until it comes. One-to-one chats only.</summary>
    /// <param name="user">The person.</param>
    /// <param name="duration">5 s to 60 s in steps of 5 s; null: LINE's 20 s.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task ShowLoadingAsync(UserId user, TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post("/v2/bot/chat/loading/start").Repeatable().With(writer =>
        {
            writer.WriteString("chatId"u8, user.ToString());
            if (duration is { } time)
                writer.WriteNumber("loadingSeconds"u8, (int)time.TotalSeconds);
        }), cancellationToken);

    /// <summary>Marks everything up to a message as read. The account's chat must be turned on.</summary>
    /// <param name="markAsReadToken">The message's own, from its webhook.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task MarkAsReadAsync(string markAsReadToken, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post("/v2/bot/chat/markAsRead").Repeatable().With(writer => writer.WriteString("markAsReadToken"u8, markAsReadToken)), cancellationToken);

    /// <summary>Marks everything that a person wrote as read: LINE's older way, for channels that have been granted it.</summary>
    public Task MarkAsReadAsync(UserId user, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post("/v2/bot/message/markAsRead").Repeatable().With(writer =>
        {
            writer.WriteStartObject("chat"u8);
            writer.WriteString("userId"u8, user.ToString());
            writer.WriteEndObject();
        }), cancellationToken);

    internal static string Name(MessageUse use) => use switch
    {
        MessageUse.Reply => "reply",
        MessageUse.Push => "push",
        MessageUse.Multicast => "multicast",
        MessageUse.Narrowcast => "narrowcast",
        MessageUse.Broadcast => "broadcast",
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, null),
    };

    private static SendOptions? WithoutUnit(SendOptions? options) =>
        options?.AggregationUnit is null ? options : throw new ArgumentException("LINE counts only push and multicast by unit.", nameof(options));

    private Task<SendReceipt> SendAsync(string path, SendRequest request, SendOptions? options, CancellationToken cancellationToken) =>
        SendAsync(
            LineCall.Post(path) with { TakesRetryKey = true, RetryKey = options?.RetryKey },
            request with { IsSilent = options?.IsSilent ?? false, AggregationUnit = options?.AggregationUnit },
            cancellationToken);

    private async Task<SendReceipt> SendAsync(LineCall call, SendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request.Messages, "messages");
        if (_api.Options.ChecksLimits)
            LineLimits.Demand(LineLimits.Check(request));

        var answer = await _api.SendAsync(call.With(request.WriteTo), cancellationToken).ConfigureAwait(false);

        // A retry key that LINE took before is the success of the earlier call, not a failure of this one.
        var wasAcceptedBefore = answer.Status == HttpStatusCode.Conflict && answer.AcceptedRequestId is not null;
        if (!wasAcceptedBefore)
            answer.OrThrow();

        SentMessage[] sent = [.. answer.Body.Items("sentMessages").Select(m => new SentMessage(m.Text("id") ?? "", m.Text("quoteToken")))];
        return new SendReceipt(sent, wasAcceptedBefore ? answer.AcceptedRequestId : answer.RequestId, wasAcceptedBefore);
    }
}
