using System.Collections.Concurrent;
using System.Diagnostics;
using ControlModel.Model;
using ModuleGateway.Tests;

namespace ControlModel.World;

/// <summary>A word of LINE's that is still to be said.</summary>
internal sealed record LineNotice(ModelBot Bot, int Chat, bool IsActive, long SaidAt);

/// <summary>LINE's side: which channel answers in each chat, what is answered to the gateway's calls, in time, late, or not at all.</summary>
internal sealed class LineWorld(LineDouble line, Func<long> now, int seed)
{
    private const int LateMax = 2; // Callers that may hang on LINE at the same time; the others go on.

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<(string Bot, string Chat), (ModelBot Bot, int Chat)> _chats = [];
    private readonly HashSet<(string Bot, string Chat)> _standby = [];
    private readonly ConcurrentDictionary<string, (int Status, string Body, bool HangsUp)> _fates = new();
    private readonly Queue<TaskCompletionSource> _late = new();
    private readonly Dictionary<string, (int Times, long At)> _sends = [];
    private readonly SortedDictionary<string, int> _told = [];
    private long _stamp;
    private bool _isHonest = true;

    public ConcurrentQueue<LineNotice> Notices { get; } = new();

    /// <summary>The gateway's own releases and acquires that LINE answered and that are not yet judged.</summary>
    private List<(ModelBot Bot, int Chat, Wish Kind, bool HasRefused, long At)> Answered { get; } = [];

    /// <summary>How often LINE did what.</summary>
    public IReadOnlyDictionary<string, int> Counts => _told;

    public void Open()
    {
        line.AnswerLater = DecideAsync;
        line.HangUp = call => _fates.TryGetValue(call.RequestId, out var fate) && fate.HangsUp;
        line.Answer = call => _fates.TryRemove(call.RequestId, out var fate) && fate.Status != 200 ? (fate.Status, fate.Body) : null;
    }

    public void Know(ModelBot bot)
    {
        lock (_gate)
        {
            foreach (var chat in bot.Chats)
                _chats[(bot.Id.ToString(), chat.Upstream)] = (bot, chat.Number);
        }
    }

    /// <summary>From now on LINE refuses, delays and fails at random; or does not, and answers what waits.</summary>
    public void BeHonest(bool isHonest)
    {
        lock (_gate)
            _isHonest = isHonest;
        while (isHonest && AnswerLate())
        {
        }
    }

    /// <summary>Answers a call that has waited; false when none does.</summary>
    public bool AnswerLate()
    {
        TaskCompletionSource? late;
        lock (_gate)
        {
            if (!_late.TryDequeue(out late))
                return false;
        }

        late.SetResult();
        return true;
    }

    /// <summary>An instant of LINE's, later than all before.</summary>
    public long Stamp()
    {
        lock (_gate)
            return _stamp = Math.Max(_stamp + 1, now());
    }

    public (bool IsActive, long SaidAt) SideOf(ModelBot bot, int chat)
    {
        lock (_gate)
            return (!_standby.Contains((bot.Id.ToString(), bot.Chats[chat].Upstream)), Stamp());
    }

    /// <summary>LINE's own channel gives the chat back if it has it, or else takes it, by itself.</summary>
    public LineNotice Turn(ModelBot bot, int chat)
    {
        lock (_gate)
        {
            var key = (bot.Id.ToString(), bot.Chats[chat].Upstream);
            var isActive = _standby.Remove(key) || !_standby.Add(key);
            return new LineNotice(bot, chat, isActive, Stamp());
        }
    }

    /// <summary>How often a send with this text reached LINE, and when first.</summary>
    public (int Times, long At) Sent(string text)
    {
        lock (_gate)
            return _sends.GetValueOrDefault(text);
    }

    private async Task DecideAsync(LineCall call)
    {
        Task? wait = null;
        lock (_gate)
        {
            var roll = _isHonest ? 0 : _random.Next(100);
            if (call.Path is "/v2/bot/message/push" or "/v2/bot/message/reply")
                DecideSend(call, roll);
            else if (call.Path.EndsWith("/control/release", StringComparison.Ordinal))
                DecideRelease(call, roll);
            else if (call.Path.EndsWith("/control/acquire", StringComparison.Ordinal))
                wait = DecideAcquire(call, roll);
        }

        if (wait is not null)
            await wait;
    }

    private void DecideSend(LineCall call, int roll)
    {
        var text = (string)call.Json["messages"]![0]!["text"]!;
        var before = _sends.GetValueOrDefault(text);
        _sends[text] = (before.Times + 1, before.Times == 0 ? Stopwatch.GetTimestamp() : before.At);
        Fate(call, roll switch { < 90 => 200, < 96 => 429, < 98 => 500, _ => 0 });
    }

    private void DecideRelease(LineCall call, int roll)
    {
        if (roll is < 85 or >= 95)
            Put(call, isActive: false);
        if (roll < 85)
            Answer(call, Wish.Release, hasRefused: false);
        Fate(call, roll switch { < 85 => 200, < 95 => 500, _ => 0 });
    }

    private Task? DecideAcquire(LineCall call, int roll)
    {
        if (roll is < 70 or (>= 85 and < 88) or >= 90)
            Put(call, isActive: true);
        if (roll is < 70 or >= 90 or (>= 76 and < 82))
            Answer(call, Wish.Acquire, hasRefused: roll is >= 76 and < 82);
        Fate(call, roll switch { < 70 => 200, < 76 => 423, < 82 => 404, < 88 => 500, < 90 => 0, _ => 200 });
        if (roll < 90 || _late.Count >= LateMax)
            return null;

        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _late.Enqueue(late);
        Count("acquire answered late");
        return late.Task;
    }

    private void Answer(LineCall call, Wish kind, bool hasRefused)
    {
        if (_chats.TryGetValue((call.Bot, call.Path.Split('/')[^3]), out var known))
            Answered.Add((known.Bot, known.Chat, kind, hasRefused, Stopwatch.GetTimestamp()));
    }

    /// <summary>What LINE answered for a bot since it was last asked for; the newest may count for the next round too.</summary>
    /// <param name="keepFrom">Those since this instant are given again the next time.</param>
    public IReadOnlyList<(int Chat, Wish Kind, bool HasRefused, long At)> TakeAnswered(ModelBot bot, long keepFrom)
    {
        lock (_gate)
        {
            var taken = Answered.Where(one => one.Bot == bot).Select(one => (one.Chat, one.Kind, one.HasRefused, one.At)).ToList();
            Answered.RemoveAll(one => one.Bot == bot && one.At < keepFrom);
            return taken;
        }
    }

    /// <param name="status">0: the connection is cut.</param>
    private void Fate(LineCall call, int status)
    {
        Count($"{call.Path[(call.Path.LastIndexOf('/') + 1)..]} {(status == 0 ? "cut" : status)}");
        _fates[call.RequestId] = (status, """{"message":"as LINE likes"}""", status == 0);
    }

    private void Put(LineCall call, bool isActive)
    {
        var chat = call.Path.Split('/')[^3];
        var key = (call.Bot, chat);
        if (_chats.TryGetValue(key, out var known) && (isActive ? _standby.Remove(key) : _standby.Add(key)))
            Notices.Enqueue(new LineNotice(known.Bot, known.Chat, isActive, Stamp()));
    }

    private void Count(string what) => _told[what] = _told.GetValueOrDefault(what) + 1;
}
