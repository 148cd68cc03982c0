using System.Text.Json;

namespace Sandbox.Chats;

/// <summary>One bubble in the phone.</summary>
/// <param name="Seq">1, 2, 3, ... within its chat.</param>
/// <param name="Id">LINE's message id, decimal digits; null for what LINE gives none (the text a postback button shows).</param>
/// <param name="From">"person", "account", or "notice" for what LINE itself says in a group.</param>
/// <param name="SenderChannel">Name of the channel that sent it; null when a person wrote.</param>
/// <param name="Message">A message object of LINE's shape; <c>{"type":"unsent"}</c> where it was taken back.</param>
/// <param name="By">Which person wrote it.</param>
/// <param name="QuoteToken">By which an account may quote it in this chat; null for types that cannot be quoted.</param>
/// <param name="ReadToken">By which an account may mark it and all before it as read; null for its own messages.</param>
internal sealed record ChatMessage(
    long Seq, string? Id, string From, DateTimeOffset At, string? SenderChannel, JsonElement Message, string? By = null, string? QuoteToken = null, string? ReadToken = null);
