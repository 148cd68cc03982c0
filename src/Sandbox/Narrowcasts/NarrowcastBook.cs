using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Faults;
using Sandbox.Messaging;
using Sandbox.Statistics;
using Sandbox.Store;
using Sandbox.Time;

namespace Sandbox.Narrowcasts;

/// <summary>All narrowcasts of the last 14 days: who is chosen, sent to them afterwards, and how it ended.</summary>
/// <remarks>Quota is held back from acceptance to the end, over a restart too. Thread-safe: one lock; records are immutable.</remarks>
internal sealed class NarrowcastBook : IAccountData
{
    private const string Kind = "narrowcast";

    /// <summary>People who must be left when LINE's own knowledge chose them.</summary>
    private const int ChosenMin = 50;

    private static readonly TimeSpan Waits = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);
    private readonly RecipientRules _recipients;
    private readonly Friends _friends;
    private readonly FriendHistory _history;
    private readonly AccountDirectory _accounts;
    private readonly ChannelDirectory _channels;
    private readonly MassMailing _mailing;
    private readonly FaultBook _faults;
    private readonly DocumentStore _store;
    private readonly DueWork _work;
    private readonly Random _random;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Narrowcast> _narrowcasts;

    public NarrowcastBook(
        RecipientRules recipients, Friends friends, FriendHistory history, AccountDirectory accounts, ChannelDirectory channels, MassMailing mailing, FaultBook faults, DocumentStore store, DueWork work, Random random, TimeProvider clock)
    {
        (_recipients, _friends, _history, _accounts, _channels, _mailing, _faults, _store, _work, _random, _clock) = (recipients, friends, history, accounts, channels, mailing, faults, store, work, random, clock);
        _narrowcasts = store.All<Narrowcast>(Kind).ToDictionary(one => one.RequestId, StringComparer.Ordinal);
        foreach (var unfinished in _narrowcasts.Values.Where(one => one.CompletedAt is null).ToList())
        {
            // The month may have turned, or the limit been lowered: then it is done without, and the count at its end decides.
            if (!accounts.TryReserve(unfinished.BotId, unfinished.Reserved, clock.GetUtcNow()))
                Save(unfinished with { Reserved = 0 });
            Schedule(unfinished);
        }
    }

    public void Accept(Narrowcast narrowcast)
    {
        lock (_lock)
        {
            foreach (var old in _narrowcasts.Values.Where(one => one.AcceptedAt + KeptFor <= narrowcast.AcceptedAt).ToList())
                Remove(old);
            Save(narrowcast);
        }

        Schedule(narrowcast);
    }

    /// <summary>One of the last 14 days; null: there is none of this request id.</summary>
    public Narrowcast? Find(string requestId)
    {
        _work.Catch();
        lock (_lock)
            return _narrowcasts.GetValueOrDefault(requestId) is { } one && one.AcceptedAt + KeptFor > _clock.GetUtcNow() ? one : null;
    }

    /// <summary><c>phase</c> of the progress.</summary>
    public string Phase(Narrowcast one) =>
        one.ErrorCode is not null ? "failed"
        : one.CompletedAt is not null ? "succeeded"
        : _clock.GetUtcNow() < one.AcceptedAt + Waits ? "waiting"
        : "sending";

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var one in _narrowcasts.Values.Where(one => one.BotId == botId).ToList())
                Remove(one);
        }
    }

    private void Schedule(Narrowcast narrowcast) => _work.At(narrowcast.AcceptedAt + Takes, () => Do(narrowcast.RequestId));

    private void Do(string requestId)
    {
        Narrowcast? one;
        lock (_lock)
        {
            if (!_narrowcasts.TryGetValue(requestId, out one) || one.CompletedAt is not null)
                return;
        }

        var chosen = Choose(one).ToArray();
        var allowed = (int)Math.Min(chosen.Length, Math.Min(one.Max ?? int.MaxValue, one.UpToRemainingQuota ? one.Reserved : int.MaxValue));
        var isChosenByLine = one.Demographic is not null || (one.Recipient is { } recipient && _recipients.NamesGathered(recipient, one.BotId));
        if (_faults.Take(FaultKind.NarrowcastFails, one.BotId) is not null)
            Fail(one, 1, "Internal error");
        else if (isChosenByLine && chosen.Length < ChosenMin)
            Fail(one, 2, "Not enough recipients");
        else if (one.ForbidsPartialDelivery && allowed < Math.Min(chosen.Length, one.Max ?? int.MaxValue))
            Fail(one, 5, "The quota does not reach for all recipients");
        else
            Send(one, chosen, allowed);
    }

    private void Send(Narrowcast one, Person[] chosen, int allowed)
    {
        _random.Shuffle(chosen); // Where not all get it, LINE takes them at random.
        var keys = chosen.Take(allowed).Select(person => new ChatKey(one.BotId, person.Id)).ToList();
        if (!_channels.TryFind(one.ChannelId, out var channel))
        {
            Fail(one, 1, "The channel is gone");
        }
        else if (!_accounts.TrySettle(one.BotId, one.Reserved, keys.Count, _clock.GetUtcNow()))
        {
            Fail(one with { Reserved = 0 }, 1, "The monthly limit was lowered");
        }
        else
        {
            _mailing.Send(SendKind.Narrowcast, one.RequestId, channel, one.BotId, keys, one.Messages);
            Save(one with { CompletedAt = _clock.GetUtcNow(), Targets = keys.Count });
        }
    }

    private void Fail(Narrowcast one, int code, string description)
    {
        _accounts.Release(one.BotId, one.Reserved);
        Save(one with { CompletedAt = _clock.GetUtcNow(), ErrorCode = code, FailedDescription = description });
    }

    private IEnumerable<Person> Choose(Narrowcast one)
    {
        var now = _clock.GetUtcNow();
        return _friends.Of(one.BotId).Where(person =>
            (one.Recipient is not { } recipient || _recipients.Includes(recipient, one.BotId, person.Id))
            && (one.Demographic is not { } filter || (person.Demographics is { } known && DemographicRules.Includes(filter, known, now - (_history.Since(new ChatKey(one.BotId, person.Id)) ?? now)))));
    }

    private void Save(Narrowcast narrowcast)
    {
        lock (_lock)
        {
            _narrowcasts[narrowcast.RequestId] = narrowcast;
            _store.Put(Kind, narrowcast.RequestId, narrowcast);
        }
    }

    private void Remove(Narrowcast narrowcast)
    {
        _narrowcasts.Remove(narrowcast.RequestId);
        _store.Delete(Kind, narrowcast.RequestId);
    }
}
