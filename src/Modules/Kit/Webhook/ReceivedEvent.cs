using Line;
using Line.Webhooks;

namespace Modules.Kit;

/// <summary>An event from the inbox.</summary>
/// <param name="Seq">Its place in the inbox: a name for it that survives restarts.</param>
/// <param name="Bot">The Official Account.</param>
/// <param name="Event">What happened.</param>
/// <param name="ReceivedAt">When this module stored it.</param>
/// <param name="Step">How far an earlier try had come, in the handler's own words; empty at first.</param>
/// <param name="IsInDoubt">An earlier try ended without a word from the platform: the process died, or the answer never came. What it sent may have arrived.</param>
internal sealed record ReceivedEvent(long Seq, BotId Bot, WebhookEvent Event, DateTimeOffset ReceivedAt, string Step, bool IsInDoubt);
