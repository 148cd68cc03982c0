namespace Line.Insights;

/// <summary>What people did with a send. Numbers below 20 are null.</summary>
/// <param name="Overview">In all.</param>
/// <param name="Messages">By message bubble.</param>
/// <param name="Clicks">By link.</param>
public sealed record MessageEvents(MessageEventsOverview? Overview, IReadOnlyList<MessageEventsMessage>? Messages, IReadOnlyList<MessageEventsClick>? Clicks);
