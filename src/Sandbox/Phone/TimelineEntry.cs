using System.Text.Json;
using Line;

namespace Sandbox.Phone;

/// <summary>One line of the phone's side panel: a webhook sent, an API call answered, control moved, something the person did.</summary>
/// <param name="Id">1, 2, 3, ... over all accounts.</param>
/// <param name="Source">"line" for this platform, "gateway" for an entry of the gateway's tail.</param>
/// <param name="Kind">Of this platform: webhook, call, control, person. Of the gateway: its own kinds.</param>
/// <param name="PersonId">Whose chat it is about; null: the whole account.</param>
/// <param name="ChatId">The chat's id as the channel of this entry sees it.</param>
/// <param name="Channel">The channel that received or called.</param>
/// <param name="Outcome">Of a webhook that failed: the reason as LINE's error statistics name it.</param>
/// <param name="Millis">How long the request took.</param>
/// <param name="Text">One line for people, in English.</param>
/// <param name="Module">The gateway's: which partner module.</param>
/// <param name="Epoch">The gateway's: of the chat's control.</param>
/// <param name="Answers">The gateway's, of an event that was routed: the module that answers; null for LINE's own channel.</param>
/// <param name="Because">The gateway's: why.</param>
/// <param name="Lost">The gateway's, of a change of hands: who answered until then; null for LINE's own channel.</param>
/// <param name="IsExpiry">The gateway's, of a change of hands: a hold ran out.</param>
/// <param name="Until">The gateway's, of a change of hands: when the new hold ends by itself.</param>
/// <param name="LineSide">The gateway's: what this platform last said of the chat to the gateway's channel.</param>
/// <param name="HasReplyToken">The gateway's: whether the module's copy can be replied to.</param>
/// <param name="SeenAs">The gateway's: the chat's id as the module sees it.</param>
/// <param name="Refusal">The gateway's: why it refused a module's call.</param>
/// <param name="Body">What was sent; for a call request and answer.</param>
internal sealed record TimelineEntry(
    long Id, DateTimeOffset At, string Source, string Kind, BotId BotId, string? PersonId = null, string? ChatId = null, TimelineChannel? Channel = null,
    string? EventType = null, string? WebhookEventId = null, string? Mode = null, bool? IsRedelivery = null, string? Method = null, string? Path = null,
    int? Status = null, string? Outcome = null, long? Millis = null, string? RequestId = null, ActiveChannel? Active = null, string? Text = null, JsonElement? Body = null,
    string? Module = null, long? Epoch = null, string? Answers = null, string? Because = null,
    string? Lost = null, bool? IsExpiry = null, DateTimeOffset? Until = null, string? LineSide = null, bool? HasReplyToken = null, string? SeenAs = null, string? Refusal = null);
