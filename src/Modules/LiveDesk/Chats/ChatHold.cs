using Line;
using Line.Webhooks;
using Microsoft.Extensions.Options;

namespace LiveDesk;

/// <summary>Who answers in a chat: takes chats, keeps them while somebody works, gives them back, and believes the platform's events.</summary>
internal sealed class ChatHold(ModuleClient module, DeskStore store, DeskFeed feed, IOptions<DeskOptions> options, TimeProvider clock)
{
    private const int RenewalsPerHold = 4; // A quarter of the time gone: few calls, and never near the end.

    private TimeSpan HoldTime => options.Value.HoldTime;

    /// <summary>Makes the desk the one that answers in this chat.</summary>
    /// <exception cref="LineApiException">The platform refuses, beyond the outcomes.</exception>
    public async Task<AcquireOutcome> TakeAsync(DeskChat chat, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var outcome = await module.AcquireAsync(chat.Bot, chat.Chat, HoldTime, cancellationToken);
        if (outcome == AcquireOutcome.Acquired)
            Gained(chat, clock.GetUtcNow(), askedAt + HoldTime);

        return outcome;
    }

    /// <summary>Moves the hold's end on, if enough of it is gone. False when another module has just taken the chat.</summary>
    /// <exception cref="LineApiException">The platform refuses.</exception>
    public async Task<bool> KeepAsync(DeskChat chat, CancellationToken cancellationToken)
    {
        var isDue = chat.HoldEndsAt is not null && clock.GetUtcNow() - (chat.RenewedAt ?? chat.ControlAt) >= HoldTime / RenewalsPerHold;
        if (!isDue || await TakeAsync(chat, cancellationToken) == AcquireOutcome.Acquired)
            return true;

        Lost(chat, clock.GetUtcNow());
        return false;
    }

    /// <summary>Gives the chat back to whoever answers by default.</summary>
    /// <exception cref="LineApiException">The platform refuses.</exception>
    public async Task ReleaseAsync(DeskChat chat, CancellationToken cancellationToken)
    {
        await module.ReleaseAsync(chat.Bot, chat.Chat, cancellationToken);
        Lost(chat, clock.GetUtcNow());
    }

    /// <summary>The platform said that the desk holds the chat.</summary>
    public void Activated(DeskChat chat, DateTimeOffset at, DateTimeOffset? endsAt)
    {
        // News from before the last change is old; while the chat is still held it tells the end as the platform reckons it.
        if (at >= chat.ControlAt || chat.IsHeld(at))
            Gained(chat, at, endsAt);
    }

    /// <summary>The platform said that the desk holds the chat no longer.</summary>
    public void Deactivated(DeskChat chat, DateTimeOffset at)
    {
        if (at >= chat.ControlAt)
            Lost(chat, at);
    }

    /// <summary>An ordinary event tells by its mode who answers: the only word of a hold that ran out.</summary>
    public void Heard(DeskChat chat, WebhookEvent webhookEvent)
    {
        if (webhookEvent.IsRedelivery || webhookEvent.OccurredAt is not { } at || at <= chat.ControlAt)
            return;

        var isHeld = chat.IsHeld(at);
        if (webhookEvent.Mode == ChannelMode.Standby && isHeld)
            Lost(chat, at);
        else if (webhookEvent.Mode == ChannelMode.Active && !isHeld)
            Gained(chat, at, endsAt: null); // The desk is who answers by default here.
    }

    /// <summary>The desk does not answer here, whatever it believed.</summary>
    public void Lost(DeskChat chat, DateTimeOffset at)
    {
        if (store.SetStandby(chat.Id, at))
            Note(chat, "standby", at);

        feed.Changed(chat.Id);
    }

    private void Gained(DeskChat chat, DateTimeOffset at, DateTimeOffset? endsAt)
    {
        if (chat.IsHeld(at))
        {
            store.SetHoldEnd(chat.Id, endsAt);
        }
        else
        {
            store.SetHeld(chat.Id, at, endsAt);
            Note(chat, "held", at);
        }

        feed.Changed(chat.Id);
    }

    private void Note(DeskChat chat, string word, DateTimeOffset at) =>
        store.Add(chat.Id, new DeskMessage(0, "desk", "note", word, at, "sent", null, null));
}
