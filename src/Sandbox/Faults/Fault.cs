using Line;

namespace Sandbox.Faults;

/// <summary>A fault that waits for its next victims.</summary>
/// <param name="Id">Given by the book.</param>
/// <param name="BotId">Only for this account; null: any.</param>
/// <param name="Path">For calls: only paths that start with this; null: any.</param>
/// <param name="Remaining">Victims still to come, 1 or more.</param>
/// <param name="Delay">For the kinds that wait: how long.</param>
internal sealed record Fault(long Id, FaultKind Kind, BotId? BotId, string? Path, int Remaining, TimeSpan Delay);
