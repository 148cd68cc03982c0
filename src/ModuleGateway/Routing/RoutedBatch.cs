using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;

namespace ModuleGateway.Routing;

/// <summary>What one routing transaction did, for those who follow it once it is committed.</summary>
/// <param name="Count">Events it took.</param>
internal sealed record RoutedBatch(int Count)
{
    /// <summary>Bots of whose connection LINE said something new.</summary>
    public HashSet<BotId> Reconnected { get; } = [];

    /// <summary>Events of chats, with who was active at their place in the order.</summary>
    public List<RoutedInChat> InChats { get; } = [];
}

/// <summary>An event's place: who was active in its chat, since which epoch, and why; and what LINE says of the chat.</summary>
/// <param name="Id">The user, group or room as LINE wrote it; null where the event names it in no way that is mapped.</param>
internal readonly record struct RoutedInChat(ChatKey Chat, UpstreamId? Id, string? WebhookEventId, string Type, ActiveModule Active, LineSide LineSide);
