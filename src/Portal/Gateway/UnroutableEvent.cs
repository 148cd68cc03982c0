namespace Portal.Gateway;

/// <summary>An event that reached no module: its bot is not connected, or the channel that signed it does not speak for that bot.</summary>
/// <param name="Reason"><c>notConnected</c>, <c>foreignChannel</c> or <c>setAside</c>.</param>
public sealed record UnroutableEvent(string Id, DateTimeOffset ReceivedAt, string ChannelId, string BotId, string Type, string Reason);
