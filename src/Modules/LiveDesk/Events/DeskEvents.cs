using System.Globalization;
using Line;
using Line.Webhooks;
using Microsoft.Extensions.Options;
using Modules.Kit;

namespace LiveDesk;

/// <summary>Writes down what customers say, takes a chat when a person is asked for, and obeys the platform's word on who answers.</summary>
internal sealed partial class DeskEvents(
    DeskStore store, ChatHold hold, DeskFeed feed, LineClient line, IOptions<DeskOptions> options, TimeProvider clock, ILogger<DeskEvents> logger) : IEventHandler
{
    private readonly string[] _words = [.. options.Value.WordsInUse.Select(Words.Normalise)];

    public async Task HandleAsync(ReceivedEvent received, CancellationToken cancellationToken)
    {
        ObeyForAccount(received);
        if (received.Event.Chat is not { } id)
            return;

        var chat = store.Open(received.Bot, id);
        switch (received.Event)
        {
            case ActivatedEvent activated:
                hold.Activated(chat, activated.OccurredAt ?? received.ReceivedAt, activated.ExpiresAt);
                return;
            case DeactivatedEvent deactivated:
                hold.Deactivated(chat, deactivated.OccurredAt ?? received.ReceivedAt);
                return;
            case UnfollowEvent or LeaveEvent: // Ends every hold at once.
                hold.Lost(chat, received.Event.OccurredAt ?? received.ReceivedAt);
                return;
            case UnsendEvent { MessageId: { } taken }:
                store.Unsend(chat.Id, taken);
                break;
        }

        hold.Heard(chat, received.Event);
        if (Said(received.Event) is var (kind, text, lineMessageId))
        {
            var line = new DeskMessage(0, "customer", kind, text, received.Event.OccurredAt ?? received.ReceivedAt, "sent", null, null);
            store.Add(chat.Id, line, Origin(received, "said"), lineMessageId);
        }

        feed.Changed(chat.Id);
        if (received.Event is MessageEvent { Message: TextContent said } && _words.Any(word => Words.Contain(Words.Normalise(said.Text), word)))
            await TakeAsync(received, store.Find(chat.Id)!, cancellationToken);

        if (chat.Name is null && id.User is { } user)
            await LearnNameAsync(chat, user, cancellationToken);
    }

    private void ObeyForAccount(ReceivedEvent received)
    {
        var at = received.Event.OccurredAt ?? received.ReceivedAt;
        switch (received.Event)
        {
            case ModuleEvent { IsAttached: true } or BotResumedEvent:
                store.SetAccount(received.Bot, AccountState.Attached);
                break;
            case BotSuspendedEvent:
                store.SetAccount(received.Bot, AccountState.Suspended);
                break;
            case ModuleEvent { IsDetached: true }:
                store.SetAccount(received.Bot, AccountState.Detached);
                store.SetAllStandby(received.Bot, at);
                break;
            default:
                return;
        }

        feed.Changed(0);
    }

    /// <summary>Takes the chat and tells the customer. Repeating it is harmless: acquiring again renews, and the notice bears one key.</summary>
    private async Task TakeAsync(ReceivedEvent received, DeskChat chat, CancellationToken cancellationToken)
    {
        if (chat.IsHeld(clock.GetUtcNow()) && !received.IsInDoubt)
            return;

        try
        {
            switch (await hold.TakeAsync(chat, cancellationToken))
            {
                case AcquireOutcome.JustTaken:
                    throw new TryLaterException("Another module took the chat a moment ago."); // The platform's window is 3 s.
                case AcquireOutcome.NotInChat:
                    Note(received, chat, DeskRefusal.NotInChat.Code);
                    return;
            }

            var notice = options.Value.TakenText;
            await line.For(chat.Bot).Messages.PushAsync(chat.Chat, [new TextMessage(notice)], new() { RetryKey = StableGuid.Of(Origin(received, "taken")) }, cancellationToken);
            store.Add(chat.Id, new DeskMessage(0, "desk", "text", notice, clock.GetUtcNow(), "sent", null, null), Origin(received, "taken"));
            feed.Changed(chat.Id);
        }
        catch (LineApiException refusal) when (!refusal.IsTransient)
        {
            Log.NotTaken(logger, chat.Id, (int)refusal.Status, refusal.Message);
            Note(received, chat, DeskRefusal.Refused(refusal.Message).Words); // The agents see that somebody asked, and why nobody answers.
        }
    }

    private void Note(ReceivedEvent received, DeskChat chat, string text)
    {
        store.Add(chat.Id, new DeskMessage(0, "desk", "note", text, clock.GetUtcNow(), "sent", null, null), Origin(received, "note"));
        feed.Changed(chat.Id);
    }

    private async Task LearnNameAsync(DeskChat chat, UserId user, CancellationToken cancellationToken)
    {
        try
        {
            if (await line.For(chat.Bot).Users.GetProfileAsync(user, cancellationToken) is not { } profile)
                return;

            store.SetPerson(chat.Id, profile.DisplayName, profile.PictureUrl);
            feed.Changed(chat.Id);
        }
        catch (Exception exception) when (exception is LineApiException or HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A name is a nicety: the conversation goes on without, and the next message asks again.
            Log.NoName(logger, chat.Id, exception.Message);
        }
    }

    private static (string Kind, string Text, MessageId? Id)? Said(WebhookEvent webhookEvent) => webhookEvent switch
    {
        MessageEvent { Message: TextContent text } => ("text", text.Text, text.Id),
        MessageEvent { Message: LocationContent place } => ("location", string.Join(' ', new[] { place.Title, place.Address }.Where(part => part is not null)), place.Id),
        MessageEvent { Message: StickerContent sticker } => ("sticker", sticker.Text ?? (sticker.Keywords is [var first, ..] ? first : ""), sticker.Id),
        MessageEvent { Message: FileContent file } => ("file", file.FileName, file.Id),
        MessageEvent message => (message.Message.Type is { Length: > 0 } type ? type : "unknown", "", message.Message.Id),
        PostbackEvent postback => ("postback", postback.Data, null),
        FollowEvent => ("follow", "", null),
        _ => null,
    };

    /// <summary>Names what an event caused, the same after a restart.</summary>
    private static string Origin(ReceivedEvent received, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}/{received.Bot}/{received.Seq}/{received.ReceivedAt.ToUnixTimeMilliseconds()}");

    private static partial class Log
    {
        [LoggerMessage(11, LogLevel.Warning, "Chat {ChatId} was asked for but could not be served: {Status} {Reason}")]
        public static partial void NotTaken(ILogger logger, long chatId, int status, string reason);

        [LoggerMessage(12, LogLevel.Information, "The name of the person in chat {ChatId} is not known yet: {Reason}")]
        public static partial void NoName(ILogger logger, long chatId, string reason);
    }
}
