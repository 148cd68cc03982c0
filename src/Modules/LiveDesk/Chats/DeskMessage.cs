namespace LiveDesk;

/// <summary>One line of a conversation.</summary>
/// <param name="Id">The desk's number for it; grows.</param>
/// <param name="From">"customer", "agent", or "desk" for what the desk says by itself and for notes.</param>
/// <param name="Kind">"text", "sticker", "image", ..., "unsent", or "note", which only agents see.</param>
/// <param name="Text">The text, or a word for what cannot be shown.</param>
/// <param name="At">When.</param>
/// <param name="State">"sent", "sending" or "failed".</param>
/// <param name="Error">Why it failed: a stable code.</param>
/// <param name="RetryKey">The key under which the platform takes an agent's message once.</param>
internal sealed record DeskMessage(long Id, string From, string Kind, string Text, DateTimeOffset At, string State, string? Error, Guid? RetryKey);
