using System.Globalization;

namespace Reliability.World;

/// <summary>A message: which chat of which shop, and its place in that chat, from 1.</summary>
internal readonly record struct Message(int Shop, int Chat, int Place)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Shop}.{Chat}.{Place}");

    public static Message Parse(string text)
    {
        var parts = text.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new Message(parts[0], parts[1], parts[2]);
    }
}

/// <summary>What a run found.</summary>
/// <param name="Acknowledged">Messages that were answered with 200.</param>
/// <param name="Refused">Answers that said 503.</param>
/// <param name="Lost">Copies that a module should have got of them and did not.</param>
/// <param name="OutOfOrder">Lanes, a module and a chat, whose first arrivals are not in the order in which the messages were accepted.</param>
/// <param name="Doubles">Copies that came more than once.</param>
/// <param name="Unmarked">Of these, those without a copy that says it is a redelivery.</param>
internal sealed record Findings(int Acknowledged, int Refused, int Lost, int OutOfOrder, int Doubles, int Unmarked)
{
    /// <summary>Answers that were neither 200 nor 503, and copies whose signature was wrong.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Acknowledged} events acknowledged, {Refused} times 503; {Lost} copies lost, {OutOfOrder} lanes out of order, {Doubles} copies doubled, {Unmarked} of them unmarked; {Wrong.Count} wrong answers or copies");
}

/// <summary>What was acknowledged and what arrived. Thread-safe.</summary>
internal sealed class Ledger(int modulesOfEach)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Message> _acknowledged = [];
    private readonly Dictionary<(int Module, Message Message), List<bool>> _arrived = [];
    private readonly Dictionary<(int Module, int Shop, int Chat), List<int>> _firsts = [];
    private readonly List<(Func<bool> IsSo, TaskCompletionSource Done)> _waiting = [];
    private readonly List<string> _wrong = [];
    private TaskCompletionSource? _complete;
    private int _missing;
    private int _refused;

    public int AcknowledgedCount
    {
        get
        {
            lock (_gate)
                return _acknowledged.Count;
        }
    }

    public int RefusedCount
    {
        get
        {
            lock (_gate)
                return _refused;
        }
    }

    public void Acknowledge(Message message)
    {
        lock (_gate)
        {
            _acknowledged.Add(message);
            _missing += Enumerable.Range(0, modulesOfEach).Count(module => !_arrived.ContainsKey((module, message)));
            Look();
        }
    }

    public void Refuse()
    {
        lock (_gate)
        {
            _refused++;
            Look();
        }
    }

    public void Wrong(string what)
    {
        lock (_gate)
            _wrong.Add(what);
    }

    public void Arrive(int module, Message message, bool isRedelivery)
    {
        lock (_gate)
        {
            if (_arrived.TryGetValue((module, message), out var copies))
            {
                copies.Add(isRedelivery);
                return;
            }

            _arrived.Add((module, message), [isRedelivery]);
            var lane = (module, message.Shop, message.Chat);
            if (!_firsts.TryGetValue(lane, out var firsts))
                _firsts.Add(lane, firsts = []);
            firsts.Add(message.Place);
            if (_acknowledged.Contains(message))
                _missing--;
            Look();
        }
    }

    /// <summary>Completes when so many answers, 200 and 503 together, have come.</summary>
    public Task AnsweredAsync(int count) => UntilAsync(() => _acknowledged.Count + _refused >= count);

    /// <summary>Completes when so many messages were answered with 200.</summary>
    public Task AcknowledgedAsync(int count) => UntilAsync(() => _acknowledged.Count >= count);

    /// <summary>Completes when so many answers said 503.</summary>
    public Task RefusedAsync(int count) => UntilAsync(() => _refused >= count);

    /// <summary>Completes when all that was acknowledged has arrived. Nothing more may be acknowledged.</summary>
    public Task CompleteAsync()
    {
        lock (_gate)
        {
            _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Look();
            return _complete.Task;
        }
    }

    public Findings Judge()
    {
        lock (_gate)
        {
            var lost = _acknowledged.Sum(message => Enumerable.Range(0, modulesOfEach).Count(module => !_arrived.ContainsKey((module, message))));
            var doubled = _arrived.Values.Where(copies => copies.Count > 1).ToList();
            return new Findings(
                _acknowledged.Count, _refused, lost, _firsts.Values.Count(places => !places.SequenceEqual(places.Order())), doubled.Count, doubled.Count(copies => !copies.Contains(true)))
            {
                Wrong = [.. _wrong],
            };
        }
    }

    private Task UntilAsync(Func<bool> isSo)
    {
        lock (_gate)
        {
            if (isSo())
                return Task.CompletedTask;

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((isSo, done));
            return done.Task;
        }
    }

    private void Look()
    {
        foreach (var waiting in _waiting.Where(one => one.IsSo()).ToList())
        {
            _waiting.Remove(waiting);
            waiting.Done.SetResult();
        }

        if (_missing == 0)
            _complete?.TrySetResult();
    }
}
