using System.Text.Json;
using Line;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Statistics;

namespace Sandbox.Messaging;

/// <summary>Puts one request's messages into many chats, and writes down what was sent. Counting against the month is the caller's.</summary>
internal sealed class MassMailing(ChatBook chats, Mailing mailing, SendLog log, TimeProvider clock)
{
    /// <param name="unit">The aggregation unit that the request names; null: none.</param>
    public void Send(SendKind kind, string requestId, Channel channel, BotId botId, IReadOnlyCollection<ChatKey> recipients, IReadOnlyList<JsonElement> messages, string? unit = null)
    {
        var now = clock.GetUtcNow();
        var reached = new List<Recipient>(recipients.Count);
        foreach (var recipient in recipients)
            reached.Add(new Recipient(recipient, [.. chats.Update(recipient, chat => mailing.Deliver(chat, channel, messages, now)).Select(sent => sent.Id)]));

        log.Count(kind, channel.Id, botId, recipients.Count);
        if (unit is not null || kind is SendKind.Broadcast or SendKind.Narrowcast)
            log.Follow(new SentRequest(requestId, kind, channel.Id, botId, now, unit, messages.Count, reached, [], []));
    }
}
