using System.Collections.Concurrent;
using System.Net;
using Line;
using Microsoft.Extensions.Options;
using Modules.Kit;

namespace LiveDesk;

/// <summary>What an agent can do in a chat. Every expected ending is null (done) or a <see cref="DeskRefusal"/>.</summary>
internal sealed class AgentDesk(
    DeskStore store, ChatHold hold, LineClient client, DeskFeed feed, IOptions<DeskOptions> options, TimeProvider clock)
{
    private const int TextChars = 5000; // LINE's limit.
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(20), TypingPause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<long, DateTimeOffset> _typingShownAt = new();

    /// <summary>Sends an agent's words to the customer.</summary>
    public async Task<(DeskMessage? Message, DeskRefusal? Refusal)> SendAsync(DeskChat chat, string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > TextChars)
            return (null, DeskRefusal.BadText);

        if (await KeepAsync(chat, cancellationToken) is { } notKept)
            return (null, notKept);

        var line = new DeskMessage(0, "agent", "text", text, clock.GetUtcNow(), "sending", null, Guid.NewGuid());
        var id = store.Add(chat.Id, line)!.Value;
        return await PushAsync(chat, line with { Id = id }, cancellationToken);
    }

    /// <summary>Sends again what failed; the platform takes it once, however often it is tried.</summary>
    public async Task<(DeskMessage? Message, DeskRefusal? Refusal)> SendAgainAsync(DeskChat chat, long messageId, CancellationToken cancellationToken)
    {
        if (store.FindMessage(chat.Id, messageId) is not { From: "agent", State: "failed" } line)
            return (null, DeskRefusal.NoSuchMessage);

        return await KeepAsync(chat, cancellationToken) is { } notKept ? (null, notKept) : await PushAsync(chat, line, cancellationToken);
    }

    /// <summary>Takes the chat for the desk.</summary>
    public Task<DeskRefusal?> TakeAsync(DeskChat chat, CancellationToken cancellationToken) =>
        Unservable(chat) is { } refusal ? Task.FromResult<DeskRefusal?>(refusal) : TryAsync(chat, async () => await hold.TakeAsync(chat, cancellationToken) switch
        {
            AcquireOutcome.JustTaken => DeskRefusal.JustTaken,
            AcquireOutcome.NotInChat => DeskRefusal.NotInChat,
            _ => null,
        }, cancellationToken);

    /// <summary>Says goodbye and gives the chat back.</summary>
    public async Task<DeskRefusal?> ReleaseAsync(DeskChat chat, CancellationToken cancellationToken)
    {
        if (!chat.IsHeld(clock.GetUtcNow()))
            return DeskRefusal.NotHeld;

        return await TryAsync(chat, async () =>
        {
            if (options.Value.ReturnedText is { Length: > 0 } goodbye)
            {
                // The key names the hold, so that a second click, or a try after a time-out, says goodbye once.
                var key = StableGuid.Of($"returned/{chat.Id}/{chat.HeldSince?.ToUnixTimeMilliseconds()}/{chat.Chat}");
                await client.For(chat.Bot).Messages.PushAsync(chat.Chat, [new TextMessage(goodbye)], new() { RetryKey = key }, cancellationToken);
                store.Add(chat.Id, new DeskMessage(0, "desk", "text", goodbye, clock.GetUtcNow(), "sent", null, null), origin: key.ToString());
            }

            await hold.ReleaseAsync(chat, cancellationToken);
            return null;
        }, cancellationToken);
    }

    /// <summary>Shows the customer that somebody writes; a sign of work, so the hold is kept.</summary>
    public async Task<DeskRefusal?> TypingAsync(DeskChat chat, CancellationToken cancellationToken)
    {
        if (await KeepAsync(chat, cancellationToken) is { } refusal)
            return refusal;

        var now = clock.GetUtcNow();
        var isShown = _typingShownAt.TryGetValue(chat.Id, out var shownAt) && now - shownAt < TypingPause;
        if (isShown || chat.Chat.User is not { } user) // LINE shows it in one-to-one chats only.
            return null;

        _typingShownAt[chat.Id] = now;
        return await TryAsync(chat, async () =>
        {
            await client.For(chat.Bot).Messages.ShowLoadingAsync(user, TypingShown, cancellationToken);
            return null;
        }, cancellationToken);
    }

    private async Task<DeskRefusal?> KeepAsync(DeskChat chat, CancellationToken cancellationToken)
    {
        if (Unservable(chat) is { } refusal)
            return refusal;

        if (!chat.IsHeld(clock.GetUtcNow()))
            return DeskRefusal.NotHeld;

        return await TryAsync(chat, async () => await hold.KeepAsync(chat, cancellationToken) ? null : DeskRefusal.JustTaken, cancellationToken);
    }

    private async Task<(DeskMessage? Message, DeskRefusal? Refusal)> PushAsync(DeskChat chat, DeskMessage line, CancellationToken cancellationToken)
    {
        var refusal = await TryAsync(chat, async () =>
        {
            // Not cancelled when the browser leaves: the line would stay "sending" for good.
            await client.For(chat.Bot).Messages.PushAsync(chat.Chat, [new TextMessage(line.Text)], new() { RetryKey = line.RetryKey }, CancellationToken.None);
            return null;
        }, cancellationToken);
        _typingShownAt.TryRemove(chat.Id, out _); // A message ends the indicator; the next keystroke shows it anew.
        store.SetState(line.Id, refusal is null ? "sent" : "failed", refusal?.Code);
        feed.Changed(chat.Id);
        return refusal is null ? (line with { State = "sent", Error = null }, null) : (null, refusal);
    }

    private static DeskRefusal? Unservable(DeskChat chat) => chat.Account switch
    {
        AccountState.Suspended => DeskRefusal.Suspended,
        AccountState.Detached => DeskRefusal.Detached,
        _ => null,
    };

    /// <summary>Runs calls to the platform; its refusals and silence become words.</summary>
    private async Task<DeskRefusal?> TryAsync(DeskChat chat, Func<Task<DeskRefusal?>> calls, CancellationToken cancellationToken)
    {
        try
        {
            return await calls();
        }
        catch (LineApiException refusal) when (refusal.Status == HttpStatusCode.Forbidden)
        {
            hold.Lost(chat, clock.GetUtcNow()); // Whatever the desk believed: it may not speak here.
            return DeskRefusal.Refused(refusal.Message);
        }
        catch (LineApiException refusal) when (!refusal.IsTransient)
        {
            return refusal.IsMonthlyLimit ? DeskRefusal.MonthlyLimit : DeskRefusal.Refused(refusal.Message);
        }
        catch (Exception exception) when (exception is LineApiException or HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested)) // HttpClient's way to say that time is over.
        {
            return DeskRefusal.Away;
        }
    }
}
