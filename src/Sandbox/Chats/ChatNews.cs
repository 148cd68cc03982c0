namespace Sandbox.Chats;

/// <summary>One server-sent event of a chat.</summary>
/// <param name="Event">Its name: message, changed, read, typing, friend, richMenu.</param>
/// <param name="Data">Written as JSON.</param>
/// <param name="Seq">The message's number, which a phone that reconnects names as the last it saw; null for news that are not kept.</param>
internal sealed record ChatNews(string Event, object Data, long? Seq = null);
