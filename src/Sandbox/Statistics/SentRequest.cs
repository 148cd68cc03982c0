using Line;
using Sandbox.Chats;

namespace Sandbox.Statistics;

/// <summary>One accepted request whose messages are followed: a broadcast, a narrowcast, or one counted under an aggregation unit.</summary>
/// <param name="Unit">Null: none was named, or the account had used up its names this month.</param>
/// <param name="Bubbles">Messages of the request: 1 to 5.</param>
/// <param name="Recipients">Whom it reached, each with the ids of their copies in the request's order.</param>
/// <param name="SeenBy">Who opened the chat since.</param>
/// <param name="Clicks">Links that were opened.</param>
internal sealed record SentRequest(
    string RequestId, SendKind Kind, ChannelId ChannelId, BotId BotId, DateTimeOffset At, string? Unit, int Bubbles,
    IReadOnlyList<Recipient> Recipients, IReadOnlyList<ChatKey> SeenBy, IReadOnlyList<Click> Clicks);

/// <summary>One reached chat.</summary>
internal sealed record Recipient(ChatKey Chat, IReadOnlyList<string> MessageIds);

/// <summary>One link opened in one bubble.</summary>
/// <param name="Seq">1 for the first bubble.</param>
internal sealed record Click(ChatKey Chat, int Seq, string Url);
