namespace Line.RichMenus;

/// <summary>How far a batch is.</summary>
/// <param name="Phase"><c>ongoing</c>, <c>succeeded</c> or <c>failed</c> (for at least one person); an open set.</param>
/// <param name="AcceptedTime">When LINE took it.</param>
/// <param name="CompletedTime">When it was over.</param>
public sealed record RichMenuBatchProgress(string Phase, DateTimeOffset AcceptedTime, DateTimeOffset? CompletedTime);
