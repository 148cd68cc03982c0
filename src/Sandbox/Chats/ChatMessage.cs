using System.Text.Json;

namespace Sandbox.Chats;

/// <summary>One bubble in the phone.</summary>
/// <param name="Seq">1, 2, 3, ... within its chat.</param>
/// <param name="Id">LINE's message id, decimal digits; null for what LINE gives none (the text a postback button shows).</param>
/// <param name="From">"person" or "account".</param>
/// <param name="SenderChannel">Name of the channel that sent it; null when a person wrote.</param>
/// <param name="Message">A message object of LINE's shape.</param>
internal sealed record ChatMessage(long Seq, string? Id, string From, DateTimeOffset At, string? SenderChannel, JsonElement Message);
