using Line;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;
using Sandbox.Store;

namespace Sandbox.Statistics;

/// <summary>What was really sent: how much by which call on which day, and what became of the requests that LINE keeps statistics of.</summary>
/// <remarks>Days and months are those of UTC+9. Thread-safe: one lock; records are immutable.</remarks>
internal sealed class SendLog : IAccountData
{
    /// <summary>Names of aggregation units that one account may use in a month; further ones are silently not assigned.</summary>
    public const int UnitsPerMonthMax = 1000;

    /// <summary>Requests followed at most; beyond it the oldest is forgotten.</summary>
    public const int RequestsMax = 10_000;

    private const string DayKind = "sentDay";
    private const string RequestKind = "sentRequest";
    private const string UnitKind = "unitMonth";
    private readonly DocumentStore _store;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<(ChannelId, BotId, DateOnly, SendKind), SentDay> _days;
    private readonly Dictionary<string, SentRequest> _requests;
    private readonly Dictionary<(BotId, string Month), UnitMonth> _units;

    public SendLog(DocumentStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _days = store.All<SentDay>(DayKind).ToDictionary(day => (day.ChannelId, day.BotId, day.Day, day.Kind));
        _requests = store.All<SentRequest>(RequestKind).ToDictionary(request => request.RequestId, StringComparer.Ordinal);
        _units = store.All<UnitMonth>(UnitKind).ToDictionary(units => (units.BotId, units.Month));
    }

    /// <summary>Counts messages of one call.</summary>
    /// <param name="messages">As LINE bills: one for each person reached.</param>
    public void Count(SendKind kind, ChannelId channelId, BotId botId, long messages)
    {
        if (messages == 0)
            return;

        var day = LineTime.DayOf(_clock.GetUtcNow());
        lock (_lock)
        {
            var before = _days.GetValueOrDefault((channelId, botId, day, kind));
            var counted = new SentDay(channelId, botId, day, kind, (before?.Messages ?? 0) + messages);
            _days[(channelId, botId, day, kind)] = counted;
            _store.Put(DayKind, $"{channelId}|{botId}|{LineTime.Day(day)}|{kind}", counted);
        }
    }

    /// <summary>Counts a push that reached its chat, and follows it if it named a unit.</summary>
    /// <param name="people">Who read that chat.</param>
    public void Push(string requestId, ChannelId channelId, ChatKey chat, int people, IReadOnlyList<string> messageIds, string? unit, DateTimeOffset at)
    {
        Count(SendKind.Push, channelId, chat.BotId, people);
        if (unit is not null)
            Follow(new SentRequest(requestId, SendKind.Push, channelId, chat.BotId, at, unit, messageIds.Count, [new Recipient(chat, messageIds)], [], []));
    }

    /// <summary>Follows one accepted request, under the unit that it named if there is still room for the name this month.</summary>
    public void Follow(SentRequest request)
    {
        lock (_lock)
        {
            var unit = request.Unit is { } name && TryAssign(request.BotId, name, request.At) ? request.Unit : null;
            Save(request with { Unit = unit });
            if (_requests.Count > RequestsMax)
                Remove(_requests.Values.MinBy(one => one.At)!);
        }
    }

    /// <summary>Messages that one channel (null: all of them) sent by one call on one day.</summary>
    public long On(DateOnly day, SendKind kind, BotId botId, ChannelId? channelId)
    {
        lock (_lock)
            return _days.Values.Where(sent => sent.Day == day && sent.Kind == kind && sent.BotId == botId && (channelId is null || sent.ChannelId == channelId)).Sum(sent => sent.Messages);
    }

    /// <summary>Names used by the account this month, in ordinal order.</summary>
    public IReadOnlyList<string> UnitsThisMonth(BotId botId)
    {
        lock (_lock)
            return _units.TryGetValue((botId, MonthlyUsage.MonthOf(_clock.GetUtcNow())), out var units) ? [.. units.Names.Order(StringComparer.Ordinal)] : [];
    }

    public SentRequest? Find(string requestId)
    {
        lock (_lock)
            return _requests.GetValueOrDefault(requestId);
    }

    /// <summary>Requests of an account under one unit between two days, both included.</summary>
    public IReadOnlyList<SentRequest> Under(BotId botId, string unit, DateOnly from, DateOnly to)
    {
        lock (_lock)
            return [.. _requests.Values.Where(request => request.BotId == botId && request.Unit == unit && LineTime.DayOf(request.At) is var day && day >= from && day <= to)];
    }

    /// <summary>A person opened a chat: what was sent there has now been seen.</summary>
    public void Seen(ChatKey chat)
    {
        lock (_lock)
        {
            foreach (var request in _requests.Values.Where(request => request.Recipients.Any(one => one.Chat == chat) && !request.SeenBy.Contains(chat)).ToList())
                Save(request with { SeenBy = [.. request.SeenBy, chat] });
        }
    }

    /// <summary>A person opened a link of a message.</summary>
    public void Clicked(ChatKey chat, string messageId, string url)
    {
        lock (_lock)
        {
            foreach (var request in _requests.Values.ToList())
            {
                if (request.Recipients.FirstOrDefault(one => one.Chat == chat && one.MessageIds.Contains(messageId)) is { } recipient)
                    Save(request with { Clicks = [.. request.Clicks, new Click(chat, recipient.MessageIds.ToList().IndexOf(messageId) + 1, url)] });
            }
        }
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var (key, day) in _days.Where(pair => pair.Value.BotId == botId).ToList())
            {
                _days.Remove(key);
                _store.Delete(DayKind, $"{day.ChannelId}|{day.BotId}|{LineTime.Day(day.Day)}|{day.Kind}");
            }

            foreach (var request in _requests.Values.Where(request => request.BotId == botId).ToList())
                Remove(request);
            foreach (var units in _units.Values.Where(units => units.BotId == botId).ToList())
            {
                _units.Remove((units.BotId, units.Month));
                _store.Delete(UnitKind, $"{units.BotId}|{units.Month}");
            }
        }
    }

    private bool TryAssign(BotId botId, string name, DateTimeOffset at)
    {
        var month = MonthlyUsage.MonthOf(at);
        var units = _units.GetValueOrDefault((botId, month)) ?? new UnitMonth(botId, month, []);
        if (units.Names.Contains(name, StringComparer.Ordinal))
            return true;
        if (units.Names.Count >= UnitsPerMonthMax)
            return false;

        var changed = units with { Names = [.. units.Names, name] };
        _units[(botId, month)] = changed;
        _store.Put(UnitKind, $"{botId}|{month}", changed);
        return true;
    }

    private void Remove(SentRequest request)
    {
        _requests.Remove(request.RequestId);
        _store.Delete(RequestKind, request.RequestId);
    }

    private void Save(SentRequest request)
    {
        _requests[request.RequestId] = request;
        _store.Put(RequestKind, request.RequestId, request);
    }

    private sealed record SentDay(ChannelId ChannelId, BotId BotId, DateOnly Day, SendKind Kind, long Messages);

    private sealed record UnitMonth(BotId BotId, string Month, IReadOnlyList<string> Names);
}
