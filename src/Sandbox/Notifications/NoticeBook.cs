using System.Text.Json.Nodes;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Modules;
using Sandbox.Statistics;
using Sandbox.Store;
using Sandbox.Tokens;
using Sandbox.Webhooks;

namespace Sandbox.Notifications;

/// <summary>Telephone numbers, and the notices that wait for their owners.</summary>
/// <remarks>Thread-safe: one lock, never held while a chat is changed; records are immutable.</remarks>
internal sealed class NoticeBook : IAccountData
{
    private const string NumberKind = "phoneNumber";
    private const string NoticeKind = "notice";
    private readonly DocumentStore _store;
    private readonly ChatBook _chats;
    private readonly MessageIds _messageIds;
    private readonly ChannelDirectory _channels;
    private readonly LinkageBook _linkages;
    private readonly EventPublisher _events;
    private readonly SendLog _log;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PhoneNumber> _numbers;
    private readonly Dictionary<string, Notice> _waiting;

    public NoticeBook(
        DocumentStore store, ChatBook chats, MessageIds messageIds, ChannelDirectory channels, LinkageBook linkages, EventPublisher events, SendLog log, TimeProvider clock)
    {
        (_store, _chats, _messageIds, _channels, _linkages, _events, _log, _clock) = (store, chats, messageIds, channels, linkages, events, log, clock);
        _numbers = store.All<PhoneNumber>(NumberKind).ToDictionary(number => number.PersonId, StringComparer.Ordinal);
        _waiting = store.All<Notice>(NoticeKind).ToDictionary(notice => notice.RequestId, StringComparer.Ordinal);
    }

    public IReadOnlyList<PhoneNumber> Numbers()
    {
        lock (_lock)
            return [.. _numbers.Values.OrderBy(number => number.PersonId, StringComparer.Ordinal)];
    }

    public PhoneNumber? NumberOf(string personId)
    {
        lock (_lock)
            return _numbers.GetValueOrDefault(personId);
    }

    /// <summary>Whose number this is, by its digest; null: no LINE user's.</summary>
    public PhoneNumber? Find(string digest)
    {
        lock (_lock)
            return _numbers.Values.FirstOrDefault(number => number.Digest == digest);
    }

    /// <summary>Sets a number and how its owner stands: what waited for just that is delivered; what was refused, or was meant for the old number, is dropped.</summary>
    /// <returns>False, and nothing changed: the number is another person's.</returns>
    public bool TrySet(PhoneNumber number)
    {
        List<Notice> deliverable = [];
        lock (_lock)
        {
            if (_numbers.Values.Any(other => other.Number == number.Number && other.PersonId != number.PersonId))
                return false;

            var isSameNumber = _numbers.GetValueOrDefault(number.PersonId)?.Number == number.Number;
            _numbers[number.PersonId] = number;
            _store.Put(NumberKind, number.PersonId, number);
            if (isSameNumber && number.Consent != NoticeConsent.Rejected && (number.Consent == NoticeConsent.NotSet || number.NeedsSms))
                return true; // Still not all that is missing.

            foreach (var notice in WaitingFor(number.PersonId))
            {
                Drop(notice);
                if (isSameNumber && number.Consent == NoticeConsent.Agreed)
                    deliverable.Add(notice);
            }
        }

        foreach (var notice in deliverable)
            Deliver(notice);
        return true;
    }

    /// <summary>What waits for this person's word or SMS.</summary>
    public IReadOnlyList<Notice> WaitingFor(string personId)
    {
        var now = _clock.GetUtcNow();
        lock (_lock)
        {
            foreach (var old in _waiting.Values.Where(notice => notice.AcceptedAt + Notice.KeptFor <= now).ToList())
                Drop(old);
            return [.. _waiting.Values.Where(notice => notice.PersonId == personId).OrderBy(notice => notice.AcceptedAt)];
        }
    }

    /// <summary>Keeps a notice until its owner has done what is missing.</summary>
    public void Wait(Notice notice)
    {
        lock (_lock)
        {
            _waiting[notice.RequestId] = notice;
            _store.Put(NoticeKind, notice.RequestId, notice);
        }
    }

    /// <summary>Puts a notice into the chat, friend or not, and tells its sender; where the account is blocked nothing happens and nobody is told.</summary>
    public void Deliver(Notice notice)
    {
        var now = _clock.GetUtcNow();
        if (!_channels.TryFind(notice.ChannelId, out var sender))
            return;

        var isDelivered = _chats.Update(new ChatKey(notice.BotId, notice.PersonId), chat =>
        {
            if (chat.State.Friendship == Friendship.Blocked)
                return false;

            _chats.Append(chat, _messageIds.Next(), "account", sender.Name, notice.Message, now);
            return true;
        });
        if (!isDelivered)
            return;

        _log.Count(SendKind.TemplatedPnp, notice.ChannelId, notice.BotId, 1);
        if (Hears(sender, notice.BotId))
            _events.ToModule(sender, notice.BotId, null, "delivery", new JsonObject { ["delivery"] = new JsonObject { ["data"] = notice.Tag } }, now);
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var notice in _waiting.Values.Where(notice => notice.BotId == botId).ToList())
                Drop(notice);
        }
    }

    private bool Hears(Channel sender, BotId botId) =>
        sender.PrimaryOf == botId || (_linkages.TryFind(sender.Id, botId, out var linkage) && linkage.Grants(Scopes.MessageReceive) && linkage.Grants(Scopes.TemplatedPnp));

    private void Drop(Notice notice)
    {
        _waiting.Remove(notice.RequestId);
        _store.Delete(NoticeKind, notice.RequestId);
    }
}
