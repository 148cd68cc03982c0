namespace Sandbox.Messaging;

/// <summary>One message of an accepted reply or push, in the order of the request.</summary>
internal sealed record SentMessage(string Id, string? QuoteToken);
